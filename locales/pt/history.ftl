# O que aconteceu com as visitas: a página do histórico, seus gráficos e seu arquivo.

history-title = Histórico
history-how = O que aconteceu com as visitas anteriores
history-file = Baixar em CSV
history-from = De
history-to = Até
history-any = Qualquer
history-show = Mostrar
history-date-wrong = Escolha uma data, como 2026-11-24.
history-backwards = O último dia vem antes do primeiro. Escolha um dia posterior.
history-too-long = Escolha no máximo 366 dias.
history-empty = Nenhuma visita foi encerrada nestes dias. Escolha outros dias ou menos filtros.
history-cut = Há mais visitas do que cabem nesta lista. Escolha menos dias.

history-figures = Em números
history-all = Todas as visitas
history-no-shows = Ninguém veio
history-within = Metade esperou até { $half } min; nove em cada dez, até { $most } min.
history-chart-numbers = Os números em uma tabela
history-days = Visitas por dia
history-days-about = Uma barra por dia. A tabela abaixo tem os números.
history-day = Dia
history-waits = Minutos até a primeira pessoa entrar
history-waits-about = Uma barra por faixa de espera. A tabela abaixo tem os números.
history-minutes = Minutos
history-rates = Visitas a que ninguém veio, por semana
history-rates-about = Uma barra por semana, em porcentagem. As canceladas não contam. A tabela abaixo tem os números.
history-week = Semana a partir de segunda-feira

history-visits = Visitas
history-appointment = Horário marcado
history-patient = Paciente
history-record = Prontuário
history-service = Serviço
history-doctor = Médica ou médico
history-ward = Ala
history-conductor = A cargo de
history-outcome = Resultado
history-sent = Link enviado
history-delivered = Entregue
history-opened = Aberto
history-arrived = Chegada
history-waited = Espera (minutos)
history-waited-short = Espera (min)
history-admitted = Entrada
history-ended = Encerramento

outcome-ended = Realizada
outcome-no_show_of_family = A família não veio
outcome-no_show_of_staff = Ninguém da equipe veio
outcome-cancelled = Cancelada

visits-others = Outras visitas de hoje
visits-later = Mais visitas abertas hoje
