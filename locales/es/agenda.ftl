# La agenda, una visita, cambiarla de hora y pasarla a otra persona.

staff-day = { $weekday } { $date }
staff-weekdays-short = lun,mar,mié,jue,vie,sáb,dom
staff-elsewhere = { $time }, { $zone }

agenda-title = Agenda
agenda-view = Cuánto se muestra
agenda-view-day = Día
agenda-view-week = Semana
agenda-steps = Ir a otra fecha
agenda-today = Hoy
agenda-previous-day = Día anterior
agenda-next-day = Día siguiente
agenda-previous-week = Semana anterior
agenda-next-week = Semana siguiente
agenda-choose = Elegir qué se muestra
agenda-day = Fecha
agenda-day-unknown = Ese día no existe en el calendario. Se muestra hoy.
agenda-service = Tipo de visita
agenda-every-doctor = Todo el personal
agenda-every-service = Todos los tipos
agenda-show = Mostrar
agenda-sheet = Hoja del día
agenda-week-of = Del { $first } al { $last }
agenda-now = Ahora, { $time }
agenda-minutes = { $minutes } min
agenda-guests =
    { $count ->
        [one] 1 invitado
       *[other] { $count } invitados
    }
agenda-free = Libre de { $from } a { $until } · { $length }
agenda-open-here = Abrir una visita aquí
agenda-open-one = Abrir una visita este día
agenda-empty-day = No hay visitas este día.
agenda-empty-week = No hay visitas esta semana.
agenda-none = Sin visitas
agenda-whole-day = Ver todo el día

sheet-title = Hoja del día: { $day }
sheet-back = Volver a la agenda
sheet-print = Imprimir
sheet-how = Imprímala desde el menú de su navegador.
sheet-notes = Notas
sheet-printed = Impresa por { $name } el { $date }, { $time }.

about-back = Agenda del { $day }
about-born = Nació el { $born }
about-visit = La visita
about-history = Qué ha pasado
about-when = Cuándo
about-when-is = { $day }, de { $from } a { $until } · { $length }
about-agreed = Se acordó a las { $clock }.
about-service = Tipo de visita
about-missing-patient = No llegó nadie
about-missing-staff = El personal no llegó
about-move = Cambiar de hora
about-hand-over = Pasar a otro médico
about-invite = Invitar a alguien más
about-series = { $count } visitas semanales
about-series-this = esta visita
about-copy = Copiar
about-calendar = Archivo de calendario
about-board = Ver en el tablero
about-message-booked = Aviso de la cita
about-message-link = Mensaje con el enlace
about-message-new_link = Mensaje con un enlace nuevo
about-message-cancelled = Aviso de cancelación
about-message-rescheduled = Aviso de la nueva hora

told-booked = { $staff } programó la visita.
told-started = { $staff } inició la visita.
told-arrived = { $seat } llegó a la antesala.
told-device_changed = { $seat } abrió el enlace en otro dispositivo.
told-new_device_waits = { $seat } espera en otro dispositivo.
told-admitted = { $staff } dejó pasar a { $seat }.
told-admitted-alone = { $seat } pudo pasar.
told-held = { $staff } mandó a { $seat } a la antesala.
told-left = { $seat } colgó.
told-returned = { $seat } volvió a entrar.
told-removed = { $staff } sacó a { $seat } de la visita.
told-staff_joined = { $seat } entró a la llamada.
told-invited = { $staff } invitó a { $seat }.
told-link_requested = { $seat } pidió un enlace nuevo.
told-link_renewed = { $staff } envió un enlace nuevo a { $seat }.
told-link_resent = { $staff } reenvió el enlace a { $seat }.
told-extended = { $staff } dio más tiempo a los enlaces: { $when }.
told-rescheduled = { $staff } cambió la visita: { $when }.
told-handed_over = { $staff } pasó la visita a { $to }.
told-ended = { $staff } terminó la visita.
told-ended-alone = La visita se cerró sola: todos se habían ido.
told-cancelled = { $staff } canceló la visita.
told-no_show-patient = La visita se cerró sola: no llegó nadie.
told-no_show-staff = La visita se cerró sola: el personal no llegó.

# Archivos y direcciones de calendario.
calendar-title = Videollamada · { $hospital }
calendar-page = Mi calendario
calendar-how = Su programa de calendario puede mostrar sus visitas. Necesita una dirección privada.
calendar-what = Muestra las horas de sus visitas. Nunca un nombre, un motivo ni un enlace de la familia.
calendar-secret = Quien tiene la dirección ve sus horas. No la comparta.
calendar-none = Aún no tiene una dirección.
calendar-made = Su dirección se creó el { $date }. No se puede volver a mostrar.
calendar-address = Su dirección
calendar-once = Cópiela ahora: solo se muestra esta vez.
calendar-make = Crear una dirección
calendar-replace = Cambiarla por una nueva
calendar-replace-how = La anterior deja de servir.
calendar-remove = Quitarla
calendar-removed = La dirección ya no sirve.
calendar-back = Volver a la agenda

lobby-calendar = Guardar en mi calendario

moving-title = Cambiar de hora
moving-now = Ahora:
moving-to = Nueva fecha y hora
moving-how = Cada invitado tiene un aviso nuevo en Mensajes. Los enlaces ya enviados se cambian por nuevos.
moving-move = Cambiar la hora
moving-back = Dejarla como está
moving-done = La visita cambió de hora. Los avisos a los invitados están en Mensajes.
moving-same = La fecha, la hora y la duración son las de ahora. Cambie algo.
moving-taken = Hay otras visitas a esa hora. Revíselas y marque la casilla, o elija otra hora.
moving-changed = Alguien cambió la visita mientras tanto. Arriba está la hora actual. Revise y confirme.
moving-accept = Hacerlo de todos modos

inviting-title = Invitar a alguien más
inviting-there = Ya están invitados:
inviting-sent-away = Salieron de la visita: { $names }. Para que vuelvan, envíeles un enlace nuevo desde el tablero.
inviting-who = ¿A quién más se invita?
inviting-how = Tienen aviso y enlace como los demás. En una videollamada caben 6 personas, contando a quien atiende.
inviting-nobody = No hay nadie más registrado en esta familia.
inviting-register = Registrar a un familiar
inviting-ask-clerk = Si falta alguien, el personal de captura puede registrarlo.
inviting-invite = Invitar
inviting-done = Se invitó a esas personas. Su enlace sale solo.
inviting-done-not-all = Se invitó a esas personas. A quien no tiene teléfono, muéstrele el enlace desde la página Mensajes.
inviting-done-by-hand = Se invitó a esas personas. Su aviso y su enlace se muestran desde la página Mensajes.

handing-title = Pasar a otro médico
handing-to = ¿Quién la atenderá?
handing-how = Se muestran quienes tienen permitido este tipo de visita.
handing-hand-over = Pasar la visita
handing-done = La visita está ahora en el tablero de quien la recibe.
handing-missing = Elija a quién pasa la visita.
handing-changed = Alguien ya pasó la visita a otra persona. Revise y elija de nuevo.
handing-nobody = Nadie más tiene permitido este tipo de visita.

# Una hora que ocurre dos veces.
visit-twice = Este día el reloj se atrasa: las { $time } del { $day } ocurren dos veces
visit-twice-how = ¿Cuál de las dos horas es? Nada se guarda hasta que elija.
visit-twice-first = La primera, antes de atrasar el reloj
visit-twice-second = La segunda, después de atrasarlo
visit-time-twice = Esa hora ocurre dos veces. Elija una de las dos.
overlaps-twice = Esa hora ocurre dos veces: elija arriba.

# La agenda abierta se mantiene al día.
agenda-read-at = Se leyó a las { $time }.
agenda-read-again = Leer de nuevo
agenda-said-new = Visita nueva: { $patient }, { $time }.
agenda-said-gone = Ya no está aquí: { $patient }, { $time }.
agenda-said-state = { $patient }, { $time }: { $state }.
agenda-said-changed = Cambió la visita de { $patient }, { $time }.
agenda-said-many = La agenda cambió: { $count } visitas.
