# How messages went, and what people answered.

delivery-none = mensaje en camino
delivery-waiting = mensaje por enviar
delivery-unsure = no se sabe si llegó: llame al { $phone }
delivery-delivered = mensaje entregado
delivery-undelivered = el mensaje no llegó: llame al { $phone }
delivery-opted_out = pidió no recibir mensajes: llame al { $phone }

messages-how-sent = Lo que salió hacia las familias o saldrá. Si algo no llegó, llame o muestre el código.
messages-unknown = Inciertos
messages-accepted = Recibidos por el proveedor
messages-delivered = Entregados
messages-undelivered = No entregados
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

resend-wait = El enlace se envió hace poco. Puede enviarlo otra vez a las { $time }.
