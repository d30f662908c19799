# Text messages: one segment each, whose accents are dropped where they would cost a second; no health data; the link comes last.
# An admin may word each anew, with blanks of the same names.

message-booked = { $hospital }: { $service }: { $date } às { $time } ({ $zone }). Link { $minutes } min antes. Procure luz e bom sinal.
message-reminder = { $hospital }: lembrete: { $service }, { $date } às { $time } ({ $zone }). O link chega { $minutes } min antes.
message-link = { $hospital }: videochamada às { $time } ({ $zone }). Toque para entrar: { $link }
message-new-link = { $hospital }: seu novo link. O anterior deixou de valer. Toque para entrar: { $link }
message-running-late = { $hospital }: { $service } com atraso. Novo horário previsto: { $time } ({ $zone }). Pedimos desculpas.
message-come-now = { $hospital }: já pode entrar. Toque para entrar: { $link }
message-you-are-late = { $hospital }: sua videochamada era às { $time }. Ainda pode entrar: { $link }
message-rescheduled = { $hospital }: sua videochamada mudou para { $date } às { $time } ({ $zone }). Enviaremos o link antes.
message-cancelled = { $hospital }: sua videochamada de { $date } às { $time } ({ $zone }) foi cancelada. Pedimos desculpas.
message-subject = { $hospital }: sua videochamada

# The city whose time it is; one that stands in no list is called as the zone is.
zone-city = { $city ->
        [Mexico_City] Cidade do México
        [Cancun] Cancún
        [Merida] Mérida
        [Mazatlan] Mazatlán
        [Ciudad_Juarez] Ciudad Juárez
        [Bahia_Banderas] Bahía Banderas
        [New_York] Nova York
        [Sao_Paulo] São Paulo
        [Belem] Belém
        [Cuiaba] Cuiabá
        [Maceio] Maceió
        [Santarem] Santarém
        [Araguaina] Araguaína
        [Eirunepe] Eirunepé
        [Bogota] Bogotá
        [Asuncion] Assunção
        [Montevideo] Montevidéu
        [Panama] Panamá
        [Port-au-Prince] Porto Príncipe
        [Santo_Domingo] São Domingos
        [Puerto_Rico] Porto Rico
        [Madrid] Madri
        [Canary] Canárias
        [Lisbon] Lisboa
        [Azores] Açores
       *[other] { $name }
    }

# What a visit is called in a message: read by others, so nothing about health.
message-service-home_consultation = consulta por vídeo
message-service-medical_report = boletim médico por vídeo
message-service-tele_visit = visita por vídeo
message-service-follow_up = retorno por vídeo

message-date = { $weekday ->
        [Mon] seg
        [Tue] ter
        [Wed] qua
        [Thu] qui
        [Fri] sex
        [Sat] sáb
       *[Sun] dom
    } { $day } { $month ->
        [Jan] jan
        [Feb] fev
        [Mar] mar
        [Apr] abr
        [May] mai
        [Jun] jun
        [Jul] jul
        [Aug] ago
        [Sep] set
        [Oct] out
        [Nov] nov
       *[Dec] dez
    }

about-message-reminder = Lembrete da véspera
about-message-running_late = Aviso de atraso
about-message-come_now = Aviso de que pode entrar
about-message-you_are_late = Aviso de que estão à espera

message-why-night = Lá é noite. Sai de manhã.
message-why-needless = Já não era necessário.
message-why-switched_off = O hospital desligou os lembretes.

settings-reminders = Lembretes e letras
settings-reminders-how = O lembrete sai na véspera, na hora do lugar da visita. Nunca à noite.
settings-day_before = Lembrete na véspera
settings-day_before-how = Se desligar, os já previstos também não saem.
settings-day_before-wrong = Escolha se é enviado ou não.
settings-day_before-on = É enviado
settings-day_before-off = Não é enviado
settings-reminder_hour = Hora do lembrete
settings-reminder_hour-how = Uma hora cheia, de 8 a 20. Vale para as visitas marcadas a partir de agora.
settings-reminder_hour-wrong = Escreva uma hora cheia de 8 a 20.
settings-lettering = Letras das mensagens
settings-lettering-how = Um único «á» pode dobrar o preço de uma mensagem de texto.
settings-lettering-wrong = Escolha uma das duas.
settings-lettering-plain = Sem os acentos que encarecem
settings-lettering-accents = Com acentos, se a mensagem ainda custar uma

texts-title = Textos
texts-lead = É assim que as famílias leem cada mensagem. Você pode escrevê-las do seu jeito, em cada idioma.
texts-own = Próprio
texts-change = Mudar
texts-text = Texto da mensagem
texts-text-how = O que está entre chaves é preenchido sozinho. Não escreva o motivo da visita: outros podem ler.
texts-needed = Obrigatório.
texts-example = Exemplo
texts-count = Ocupa até { $used } de { $limit } letras.
texts-over = Está longo demais: tire { $count } letras para custar uma só mensagem.
texts-save = Salvar texto
texts-preview = Ver exemplo
texts-ours = Nosso texto
texts-reset = Voltar ao nosso texto
texts-all = Todos os textos
texts-saved = O texto está salvo. As mensagens que saírem a partir de agora o levam.
texts-reset-done = As mensagens levam de novo o nosso texto.
texts-meanwhile-reset = Outra pessoa voltou ao nosso texto nesse meio-tempo. Salve de novo para usar o seu.
texts-empty = Escreva um texto.
texts-too-long = O texto está longo demais. Escreva um que caiba em uma mensagem.
texts-control = O texto tem sinais invisíveis. Escreva-o de novo.
texts-unclosed = Falta uma chave. Escreva os dados assim: { "{time}" }.
texts-unknown = Não existe o dado { $blank }. Use um da lista.
texts-misplaced = O dado { $blank } não serve nesta mensagem. Tire-o.
texts-missing = Falta { $blank }. Sem esse dado a mensagem não serve.
texts-link-stuck = Deixe um espaço antes e depois de { $blank }, ou ponha-o no fim.

texts-when-booked = Sai ao marcar a visita.
texts-when-reminder = Sai na véspera, na hora que os ajustes dizem.
texts-when-link = Sai pouco antes da visita, e quando alguém o reenvia.
texts-when-new_link = Sai quando a equipe dá um link novo.
texts-when-running_late = Sai quando a equipe avisa de um atraso, para quem não chegou.
texts-when-come_now = Sai quando pode entrar quem pediu uma mensagem na sala de espera.
texts-when-you_are_late = Sai 5 minutos depois da hora, para quem não abriu o link.
texts-when-rescheduled = Sai ao mudar a visita de hora.
texts-when-cancelled = Sai ao cancelar a visita.

blank-hospital = O nome do hospital.
blank-service = Que visita é, sem nada de saúde.
blank-date = O dia da visita.
blank-time = A hora; se houver atraso, a nova.
blank-zone = A cidade dessa hora.
blank-minutes = Quantos minutos antes o link chega.
blank-link = O link para entrar.

told-delayed = { $staff } avisou que começa mais tarde: { $when }.
told-text_asked = { $seat } pediu uma mensagem para quando puder entrar.

lobby-late = Há um atraso: por volta das { $time } a visita começa. Seu lugar está guardado.
text-me-title = Prefere esperar sem olhar?
text-me-how = Enviamos uma mensagem quando puder entrar. Seu lugar fica guardado.
text-me-asked = Enviaremos uma mensagem quando puder entrar. Já pode guardar o telefone.
text-me-ask = Avisem-me por mensagem
text-me-withdraw = Não é mais preciso
text-me-failed = Não deu certo. Verifique a conexão e tente de novo.
text-me-no-phone = Não temos seu número. Espere aqui, por favor.
text-me-opted-out = Você pediu para não receber mensagens. Espere aqui, por favor.
text-me-not-now = Agora não podemos avisar por mensagem. Espere aqui, por favor.
