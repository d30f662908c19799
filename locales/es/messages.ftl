# Text messages: one segment each, so no letter outside GSM-7 (no á, í, ó, ú); no health data; the link comes last.

message-booked = { $hospital }: su videollamada es el { $date } a las { $time } ({ $zone }). Le enviaremos el enlace { $minutes } minutos antes.
message-link = { $hospital }: videollamada a las { $time } ({ $zone }). Toque para entrar: { $link }
message-new-link = { $hospital }: su nuevo enlace. El anterior ya no sirve. Toque para entrar: { $link }
message-rescheduled = { $hospital }: su videollamada cambia al { $date } a las { $time } ({ $zone }). Antes le enviaremos el enlace.
message-cancelled = { $hospital }: se cancela su videollamada del { $date } a las { $time } ({ $zone }). Disculpe las molestias.
message-subject = { $hospital }: su videollamada

message-date = { $weekday ->
        [Mon] lunes
        [Tue] martes
        [Wed] miércoles
        [Thu] jueves
        [Fri] viernes
        [Sat] sabado
       *[Sun] domingo
    } { $day } { $month ->
        [Jan] ene
        [Feb] feb
        [Mar] mar
        [Apr] abr
        [May] may
        [Jun] jun
        [Jul] jul
        [Aug] ago
        [Sep] sep
        [Oct] oct
        [Nov] nov
       *[Dec] dic
    }
