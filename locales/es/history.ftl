# Qué pasó con las visitas: la página del historial, sus gráficas y su archivo.

history-title = Historial
history-how = Qué pasó con las visitas anteriores
history-file = Descargar en CSV
history-from = Desde
history-to = Hasta
history-any = Cualquiera
history-show = Mostrar
history-date-wrong = Elija una fecha, como 2026-11-24.
history-backwards = El último día es anterior al primero. Elija uno posterior.
history-too-long = Elija 366 días como máximo.
history-empty = Ninguna visita se cerró en estos días. Elija otros días o menos filtros.
history-cut = Hay más visitas de las que caben en esta lista. Elija menos días.

history-figures = En cifras
history-all = Todas las visitas
history-no-shows = Nadie llegó
history-within = La mitad esperó hasta { $half } min. Nueve de cada diez, hasta { $most } min.
history-chart-numbers = Las cifras en una tabla
history-days = Visitas por día
history-days-about = Una barra por día. La tabla de abajo tiene las cifras.
history-day = Día
history-waits = Minutos hasta que pasó la primera persona
history-waits-about = Una barra por cada tramo de espera. La tabla de abajo tiene las cifras.
history-minutes = Minutos
history-rates = Visitas a las que nadie llegó, por semana
history-rates-about = Una barra por semana, en porcentaje. Las canceladas no cuentan. La tabla de abajo tiene las cifras.
history-week = Semana desde el lunes

history-visits = Visitas
history-appointment = Cita
history-patient = Paciente
history-record = Expediente
history-service = Servicio
history-doctor = Médica o médico
history-ward = Sala
history-conductor = A cargo de
history-outcome = Resultado
history-sent = Enlace enviado
history-delivered = Entregado
history-opened = Abierto
history-arrived = Llegada
history-waited = Espera (minutos)
history-waited-short = Espera (min)
history-admitted = Pasó
history-ended = Cierre

outcome-ended = Se realizó
outcome-no_show_of_family = La familia no llegó
outcome-no_show_of_staff = Nadie del personal llegó
outcome-cancelled = Cancelada

visits-others = Otras visitas de hoy
visits-later = Más visitas abiertas hoy
