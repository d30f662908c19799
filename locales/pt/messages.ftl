# Text messages: one segment each, so no letter outside GSM-7 (no á, ã, ç, ó); no health data; the link comes last.

message-booked = { $hospital }: sua videochamada: { $date } às { $time } ({ $zone }). Enviaremos o link { $minutes } minutos antes.
message-link = { $hospital }: videochamada às { $time } ({ $zone }). Toque para entrar: { $link }
message-new-link = { $hospital }: seu novo link. O anterior deixou de valer. Toque para entrar: { $link }
message-rescheduled = { $hospital }: sua videochamada mudou para { $date } às { $time } ({ $zone }). Enviaremos o link antes.
message-cancelled = { $hospital }: sua videochamada de { $date } às { $time } ({ $zone }) foi cancelada. Pedimos desculpas.
message-subject = { $hospital }: sua videochamada

message-date = { $weekday ->
        [Mon] seg
        [Tue] ter
        [Wed] qua
        [Thu] qui
        [Fri] sex
        [Sat] sab
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
