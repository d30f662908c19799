# How messages went, and what people answered.

delivery-none = mensagem a caminho
delivery-by_hand = mensagem por mostrar, em Mensagens
delivery-waiting = mensagem a enviar
delivery-unsure = não se sabe se chegou: ligue para { $phone }
delivery-delivered = mensagem entregue
delivery-undelivered = a mensagem não chegou: ligue para { $phone }
delivery-opted_out = pediu para não receber mensagens: ligue para { $phone }

messages-how-sent = O que saiu para as famílias ou vai sair. Se algo não chegou, ligue ou mostre o código.
sending-by-hand = Por mostrar
sending-shown = Mostrada
sending-was-due = prevista:
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

resend-wait = O link foi enviado há pouco. Você pode enviá-lo de novo às { $time } (em { $minutes } min).
done-again-by-hand = O link está pronto. Mostre-o na página Mensagens.
done-renew-by-hand = O novo link está na página Mensagens. O anterior não funciona mais.

messages-show-all = Todas até agora
messages-show-trouble = Com problema
messages-show-waiting = Em espera
messages-show-away = Enviadas ou por mostrar
messages-show-by-hand = Por mostrar
messages-show-shown = Mostradas
messages-show-delivered = Entregues
messages-show-coming = Por vir
messages-show-withdrawn = Retiradas
messages-days = Dia
messages-choose-day = Escolher o dia
messages-whose = De quem
messages-everybodys = De todas as visitas
messages-mine = Das que eu abri
messages-changed = Há mensagens novas. Mostrar
repeat-again = Enviar de novo
repeat-new-link = Enviar um novo link
message-again-from = Pode ser enviada de novo às { $time } (em { $minutes } min)
message-other-number = Mudar o número
message-print = Imprimir
message-shown = Já avisei
message-was-shown = A mensagem está anotada como mostrada.
message-not-to-show = Essa mensagem não precisa mais ser mostrada.
message-went-otherwise = Saiu com outro texto: depois mudou a consulta, o link ou a redação.
message-again-to-show = A mensagem está de novo por mostrar.
message-sent-again = A mensagem sai de novo.
message-goes-by-itself = Essa mensagem sairá sozinha.
message-why-no_template = O WhatsApp exige um modelo aprovado para este texto. Avise um administrador.
replies-visit = Ver a visita

number-title = Mudar o número e enviar de novo
number-whose = De quem é
number-patient = Paciente
number-now = Número atual
number-why = O que aconteceu
number-new = Número novo
number-new-how = Com DDD. De outro país, com + e o código.
number-extent = Onde vale
number-extent-visit = Só nesta visita
number-extent-record = Também no cadastro, para todas as visitas
number-only-visit = O número muda só nesta visita.
number-what-follows = Se o link já foi enviado, sai um novo. O anterior deixa de funcionar.
number-save = Salvar e enviar
number-back = Voltar às mensagens
number-country = Números desse país não recebem mensagens. Ligue, ou mostre o código.
number-overtaken = Alguém mudou este número nesse meio-tempo. Agora é { $phone }.
number-changed-visit = O número de { $name } é { $phone } nesta visita. A mensagem sai agora.
number-changed-visit-later = O número de { $name } é { $phone } nesta visita. O que falta sairá na hora certa.
number-changed-record = O número de { $name } é { $phone } no cadastro e nas visitas. A mensagem sai agora.
number-changed-record-later = O número de { $name } é { $phone } no cadastro e nas visitas. O que falta sairá na hora certa.

slip-title = Link para imprimir
slip-how = Imprima esta folha pelo navegador.
slip-heading = Sua videochamada
slip-step-camera = Abra a câmera do seu telefone e aponte para o quadrado.
slip-step-tap = Toque no endereço que aparece.
slip-step-wait = Entre na sala de espera e fique lá.
slip-step-green = Quando avisarem, toque no botão verde.
slip-or-type = Você também pode digitar este endereço no navegador:
slip-one-person = Este link é só para você. Não o compartilhe.
slip-help = Precisa de ajuda? Ligue para { $phone }.

delivery-sent = mensagem enviada
board-replies = O que respondeu
board-said-reply = { $name } respondeu: { $text }
sending-title = Envio de mensagens
sending-way = Como saem
sending-nowhere = Nada sai deste servidor. A equipe lê os links na página Mensagens.
sending-countries = As mensagens saem só para números de: { $countries }.
sending-check = Isto se define ao iniciar o servidor. O comando “antesala check” diz se funciona.
sending-limit = Limite de hoje
sending-limit-how = Quando quatro quintos são usados, esta página e a de mensagens avisam. Quando acaba, as mensagens esperam.
sending-no-limit = Não há limite.
sending-spent = Hoje foram usadas { $spent } de { $limit }.
sending-lift-how = Sem limite, o que espera sai em um minuto. Amanhã volta a haver limite.
sending-lift = Tirar o limite por hoje
sending-lifted = Hoje não há mais limite de mensagens.
sending-lifted-by = { $name } tirou o limite por hoje às { $time }.
sending-not-to = { $count ->
    [one] Um número não recebe mensagens: o país dele não está permitido. Ligue ou mostre o código.
   *[other] { $count } números não recebem mensagens: o país deles não está permitido. Ligue ou mostre o código.
}
