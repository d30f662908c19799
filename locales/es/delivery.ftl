# How messages went, and what people answered.

delivery-none = mensaje en camino
delivery-by_hand = mensaje por mostrar, en Mensajes
delivery-waiting = mensaje por enviar
delivery-unsure = no se sabe si llegó: llame al { $phone }
delivery-delivered = mensaje entregado
delivery-undelivered = el mensaje no llegó: llame al { $phone }
delivery-opted_out = pidió no recibir mensajes: llame al { $phone }

messages-how-sent = Lo que salió hacia las familias o saldrá. Si algo no llegó, llame o muestre el código.
sending-by-hand = Por mostrar
sending-shown = Mostrado
sending-was-due = previsto:
sending-unknown = No se sabe
sending-accepted = En camino
sending-delivered = Entregado
sending-undelivered = No llegó

message-call = Llame al { $phone }
message-again-at = Se intenta de nuevo a las { $time }.
message-code = Código del proveedor: { $code }
message-budget-reached = Se alcanzó el límite de mensajes de hoy ({ $limit }). Los demás esperan. Pida a un administrador que lo suba.
message-budget-near = Hoy se ha usado { $spent } de { $limit } mensajes permitidos.

message-why-too_late = Ya no servía: habría llegado tarde.
message-why-opted_out = Esta persona pidió no recibir más mensajes.
message-why-country = No se envían mensajes a ese país.
message-why-often = Demasiados mensajes a este número en poco tiempo.
message-why-budget = Se alcanzó el límite de hoy.
message-why-bad_number = El número o la dirección no existe.
message-why-landline = Ese número no recibe mensajes.
message-why-unreachable = El teléfono está apagado o sin señal.
message-why-blocked = La compañía telefónica lo bloqueó.
message-why-setup = La configuración del proveedor está mal. Avise a un administrador.
message-why-refused = El proveedor lo rechazó.
message-why-busy = El proveedor no lo acepta por ahora.
message-why-unsure = No se sabe si el proveedor lo recibió.

replies-title = Respuestas
replies-how = Lo que las familias contestaron desde ayer.
replies-about = Sobre { $patient }

resend-wait = El enlace se envió hace poco. Puede enviarlo otra vez a las { $time } (en { $minutes } min).
done-again-by-hand = El enlace está listo. Muéstrelo desde la página Mensajes.
done-renew-by-hand = El enlace nuevo está en la página Mensajes. El anterior ya no sirve.

messages-show-all = Todos hasta ahora
messages-show-trouble = Con problema
messages-show-waiting = En espera
messages-show-away = Enviados o por mostrar
messages-show-by-hand = Por mostrar
messages-show-shown = Mostrados
messages-show-delivered = Entregados
messages-show-coming = Por venir
messages-show-withdrawn = Retirados
messages-days = Día
messages-choose-day = Elegir el día
messages-whose = De quién
messages-everybodys = De todas las visitas
messages-mine = De las que yo abrí
messages-changed = Hay mensajes nuevos. Mostrarlos
repeat-again = Enviar otra vez
repeat-new-link = Enviar un enlace nuevo
message-again-from = Se puede enviar otra vez a las { $time } (en { $minutes } min)
message-other-number = Cambiar el número
message-print = Imprimir
message-shown = Ya avisé
message-was-shown = El mensaje está anotado como mostrado.
message-not-to-show = Ese mensaje ya no hay que mostrarlo.
message-went-otherwise = Salió con otro texto: después cambió la cita, el enlace o la redacción.
message-again-to-show = El mensaje está otra vez por mostrar.
message-sent-again = El mensaje sale otra vez.
message-goes-by-itself = Ese mensaje saldrá por sí solo.
message-why-no_template = WhatsApp exige una plantilla aprobada para este texto. Avise a un administrador.
replies-visit = Ver la visita

number-title = Cambiar el número y enviar otra vez
number-whose = De quién es
number-patient = Paciente
number-now = Número actual
number-why = Qué pasó
number-new = Número nuevo
number-new-how = Con lada. De otro país, con + y su clave.
number-extent = Para qué vale
number-extent-visit = Solo para esta visita
number-extent-record = También en su expediente, para todas sus visitas
number-only-visit = El número cambia solo para esta visita.
number-what-follows = Si el enlace ya se envió, sale uno nuevo. El anterior deja de servir.
number-save = Guardar y enviar
number-back = Volver a los mensajes
number-country = A números de ese país no se envían mensajes. Llame, o muestre el código.
number-overtaken = Alguien cambió este número mientras tanto. Ahora es { $phone }.
number-changed-visit = El número de { $name } es { $phone } en esta visita. El mensaje sale ahora.
number-changed-visit-later = El número de { $name } es { $phone } en esta visita. Lo que falta saldrá a su hora.
number-changed-record = El número de { $name } es { $phone } en su expediente y sus visitas. El mensaje sale ahora.
number-changed-record-later = El número de { $name } es { $phone } en su expediente y sus visitas. Lo que falta saldrá a su hora.

slip-title = Enlace para imprimir
slip-how = Imprima esta hoja desde el navegador.
slip-heading = Su videollamada
slip-step-camera = Abra la cámara de su teléfono y apúntela al cuadro.
slip-step-tap = Toque la dirección que aparece.
slip-step-wait = Entre a la sala de espera y quédese ahí.
slip-step-green = Cuando se lo avisen, toque el botón verde.
slip-or-type = También puede escribir esta dirección en su navegador:
slip-one-person = Este enlace es solo para usted. No lo comparta.
slip-help = ¿Necesita ayuda? Llame al { $phone }.

delivery-sent = mensaje enviado
board-replies = Lo que contestó
board-said-reply = { $name } contestó: { $text }
sending-title = Envío de mensajes
sending-way = Cómo salen
sending-nowhere = Nada sale de este servidor. El personal lee los enlaces en la página Mensajes.
sending-countries = Los mensajes salen solo a números de: { $countries }.
sending-check = Esto se cambia al iniciar el servidor. La orden «antesala check» dice si funciona.
sending-limit = Límite de hoy
sending-limit-how = Al usarse cuatro quintas partes, esta página y la de mensajes avisan. Al agotarse, los mensajes esperan.
sending-no-limit = No hay límite.
sending-spent = Hoy se han usado { $spent } de { $limit }.
sending-lift-how = Sin límite, lo que espera sale en un minuto. Mañana vuelve a haber límite.
sending-lift = Quitar el límite por hoy
sending-lifted = Hoy ya no hay límite de mensajes.
sending-lifted-by = { $name } quitó el límite por hoy a las { $time }.
sending-not-to = { $count ->
    [one] A un número no se le envían mensajes: su país no está permitido. Llame o muestre el código.
   *[other] A { $count } números no se les envían mensajes: su país no está permitido. Llame o muestre el código.
}
