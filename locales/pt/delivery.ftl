# How messages went, and what people answered.

delivery-none = mensagem a caminho
delivery-waiting = mensagem a enviar
delivery-unsure = não se sabe se chegou: ligue para { $phone }
delivery-delivered = mensagem entregue
delivery-undelivered = a mensagem não chegou: ligue para { $phone }
delivery-opted_out = pediu para não receber mensagens: ligue para { $phone }

messages-how-sent = O que saiu para as famílias ou vai sair. Se algo não chegou, ligue ou mostre o código.
messages-unknown = Incertas
messages-accepted = Com o provedor
messages-delivered = Entregues
messages-undelivered = Não entregues
sending-unknown = Não se sabe
sending-accepted = A caminho
sending-delivered = Entregue
sending-undelivered = Não chegou

message-call = Ligue para { $phone }
message-again-at = Nova tentativa às { $time }.
message-code = Código do provedor: { $code }
message-budget-reached = O limite de mensagens de hoje ({ $limit }) foi atingido. As outras esperam. Peça a um administrador para aumentá-lo.
message-budget-near = Hoje foram usadas { $spent } de { $limit } mensagens permitidas.

message-why-too_late = Já não servia: teria chegado tarde.
message-why-opted_out = Esta pessoa pediu para não receber mais mensagens.
message-why-country = Não se enviam mensagens para esse país.
message-why-often = Mensagens demais para este número em pouco tempo.
message-why-budget = O limite de hoje foi atingido.
message-why-bad_number = O número ou o endereço não existe.
message-why-landline = Esse número não recebe mensagens.
message-why-unreachable = O telefone está desligado ou sem sinal.
message-why-blocked = A operadora bloqueou a mensagem.
message-why-setup = A configuração do provedor está errada. Avise um administrador.
message-why-refused = O provedor recusou a mensagem.
message-why-busy = O provedor não aceita a mensagem agora.
message-why-unsure = Não se sabe se o provedor recebeu a mensagem.

replies-title = Respostas
replies-how = O que as famílias responderam desde ontem.
replies-about = Sobre { $patient }

resend-wait = O link foi enviado há pouco. Você pode enviá-lo de novo às { $time }.
