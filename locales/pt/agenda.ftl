# A agenda, uma visita, mudar o horário e passar para outra pessoa.

staff-day = { $weekday }, { $date }
staff-weekdays-short = seg,ter,qua,qui,sex,sáb,dom
staff-elsewhere = { $time }, { $zone }

agenda-title = Agenda
agenda-view = Quanto se mostra
agenda-view-day = Dia
agenda-view-week = Semana
agenda-steps = Ir para outra data
agenda-today = Hoje
agenda-previous-day = Dia anterior
agenda-next-day = Dia seguinte
agenda-previous-week = Semana anterior
agenda-next-week = Semana seguinte
agenda-choose = Escolher o que se mostra
agenda-day = Data
agenda-day-unknown = Esse dia não existe no calendário. Mostramos o dia de hoje.
agenda-service = Tipo de visita
agenda-every-doctor = Toda a equipe
agenda-every-service = Todos os tipos
agenda-show = Mostrar
agenda-sheet = Folha do dia
agenda-week-of = De { $first } a { $last }
agenda-now = Agora, { $time }
agenda-minutes = { $minutes } min
agenda-guests =
    { $count ->
        [one] 1 convidado
       *[other] { $count } convidados
    }
agenda-free = Livre das { $from } às { $until } · { $length }
agenda-open-here = Abrir uma visita aqui
agenda-open-one = Abrir uma visita neste dia
agenda-empty-day = Não há visitas neste dia.
agenda-empty-week = Não há visitas nesta semana.
agenda-none = Sem visitas
agenda-whole-day = Ver o dia inteiro

sheet-title = Folha do dia: { $day }
sheet-back = Voltar à agenda
sheet-print = Imprimir
sheet-how = Imprima pelo menu do navegador.
sheet-notes = Anotações
sheet-printed = Impressa por { $name } em { $date }, { $time }.

about-back = Agenda de { $day }
about-born = Nascimento: { $born }
about-visit = A visita
about-history = O que aconteceu
about-when = Quando
about-when-is = { $day }, das { $from } às { $until } · { $length }
about-agreed = Foi combinada para { $clock }.
about-service = Tipo de visita
about-missing-patient = Ninguém veio
about-missing-staff = A equipe não veio
about-move = Mudar o horário
about-hand-over = Passar para outro médico
about-invite = Convidar mais alguém
about-series = { $count } visitas semanais
about-series-this = esta visita
about-copy = Copiar
about-calendar = Arquivo de calendário
about-board = Ver no painel
about-message-booked = Aviso da consulta
about-message-link = Mensagem com o link
about-message-new_link = Mensagem com um link novo
about-message-cancelled = Aviso de cancelamento
about-message-rescheduled = Aviso do novo horário

told-booked = { $staff } agendou a visita.
told-started = { $staff } iniciou a visita.
told-arrived = { $seat } chegou à sala de espera.
told-device_changed = { $seat } abriu o link em outro aparelho.
told-new_device_waits = { $seat } espera em outro aparelho.
told-admitted = { $staff } deixou { $seat } entrar.
told-admitted-alone = { $seat } pôde entrar.
told-held = { $staff } mandou { $seat } de volta à sala de espera.
told-left = { $seat } desligou.
told-returned = { $seat } entrou de novo.
told-removed = { $staff } tirou { $seat } da visita.
told-staff_joined = { $seat } entrou na chamada.
told-invited = { $staff } convidou { $seat }.
told-link_requested = { $seat } pediu um link novo.
told-link_renewed = { $staff } enviou um link novo a { $seat }.
told-link_resent = { $staff } reenviou o link a { $seat }.
told-extended = { $staff } deu mais tempo aos links: { $when }.
told-rescheduled = { $staff } mudou a visita: { $when }.
told-handed_over = { $staff } passou a visita a { $to }.
told-ended = { $staff } encerrou a visita.
told-ended-alone = A visita se fechou sozinha: todos tinham saído.
told-cancelled = { $staff } cancelou a visita.
told-no_show-patient = A visita se fechou sozinha: ninguém veio.
told-no_show-staff = A visita se fechou sozinha: a equipe não veio.

# Arquivos e endereços de calendário.
calendar-title = Videochamada · { $hospital }
calendar-page = Meu calendário
calendar-how = Seu programa de calendário pode mostrar suas visitas. Ele precisa de um endereço privado.
calendar-what = Mostra os horários das suas visitas. Nunca um nome, um motivo ou um link da família.
calendar-secret = Quem tem o endereço vê seus horários. Não o compartilhe.
calendar-none = Você ainda não tem um endereço.
calendar-made = Seu endereço foi criado em { $date }. Não pode ser mostrado de novo.
calendar-address = Seu endereço
calendar-once = Copie agora: ele só aparece desta vez.
calendar-make = Criar um endereço
calendar-replace = Trocar por um novo
calendar-replace-how = O anterior deixa de funcionar.
calendar-remove = Remover
calendar-removed = O endereço não funciona mais.
calendar-back = Voltar à agenda

lobby-calendar = Guardar no meu calendário

moving-title = Mudar o horário
moving-now = Agora:
moving-to = Nova data e hora
moving-how = Cada convidado tem um aviso novo em Mensagens. Os links já enviados são trocados por novos.
moving-move = Mudar o horário
moving-back = Deixar como está
moving-done = O horário da visita mudou. Os avisos aos convidados estão em Mensagens.
moving-same = A data, a hora e a duração são as atuais. Mude algo.
moving-taken = Há outras visitas nesse horário. Confira e marque a caixa, ou escolha outro horário.
moving-changed = Alguém mudou a visita enquanto isso. O horário atual está acima. Confira e confirme.
moving-accept = Fazer mesmo assim

inviting-title = Convidar mais alguém
inviting-there = Já convidados:
inviting-sent-away = Saíram da visita: { $names }. Para que voltem, envie um link novo pelo quadro.
inviting-who = Quem mais é convidado?
inviting-how = Têm aviso e link como os demais. Numa chamada cabem 6 pessoas, contando quem atende.
inviting-nobody = Não há mais ninguém cadastrado nesta família.
inviting-register = Cadastrar um familiar
inviting-ask-clerk = Se faltar alguém, a equipe de cadastro pode incluir.
inviting-invite = Convidar
inviting-done = Essas pessoas foram convidadas. O link sai sozinho.
inviting-done-not-all = Essas pessoas foram convidadas. A quem não tem telefone, mostre o link na página Mensagens.
inviting-done-by-hand = Essas pessoas foram convidadas. O aviso e o link são mostrados na página Mensagens.

handing-title = Passar para outro médico
handing-to = Quem vai atender?
handing-how = Aparecem as pessoas que podem fazer este tipo de visita.
handing-hand-over = Passar a visita
handing-done = A visita está agora no painel de quem a recebeu.
handing-missing = Escolha para quem você passa a visita.
handing-changed = Alguém já passou a visita para outra pessoa. Confira e escolha de novo.
handing-nobody = Ninguém mais pode fazer este tipo de visita.

# Uma hora que ocorre duas vezes.
visit-twice = Nesse dia o relógio atrasa: { $time } de { $day } ocorre duas vezes
visit-twice-how = Qual das duas horas é? Nada é salvo até você escolher.
visit-twice-first = A primeira, antes de atrasar o relógio
visit-twice-second = A segunda, depois de atrasar
visit-time-twice = Essa hora ocorre duas vezes. Escolha uma das duas.
overlaps-twice = Essa hora ocorre duas vezes: escolha acima.

# A agenda aberta se atualiza.
agenda-read-at = Lida às { $time }.
agenda-read-again = Ler de novo
agenda-said-new = Nova visita: { $patient }, { $time }.
agenda-said-gone = Não está mais aqui: { $patient }, { $time }.
agenda-said-state = { $patient }, { $time }: { $state }.
agenda-said-changed = A visita de { $patient }, { $time }, mudou.
agenda-said-many = A agenda mudou: { $count } visitas.
