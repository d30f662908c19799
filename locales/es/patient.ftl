# Lo que ven pacientes y familiares, y los controles de la llamada. De usted, palabras sencillas, 15 palabras por oración.

page-title-error = Error: { $title }
page-skip = Ir al contenido
page-help = Ayuda
page-language = Idioma

when-weekdays = lunes,martes,miércoles,jueves,viernes,sábado,domingo
when-months = enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre
when-day = { $weekday } { $number } de { $month }
when-am = a. m.
when-pm = p. m.
when-zone = { $city ->
    [UTC] hora universal (UTC)
   *[other] hora de { $name }
}

visit-home-consultation = Consulta por video
visit-medical-report = Plática con el equipo médico
visit-tele-visit = Visita familiar por video
visit-follow-up = Seguimiento con su médico

step-allow = Permita la cámara y el micrófono
step-allow-how = Su teléfono le preguntará. Toque «Permitir».
step-wait = Espere aquí
step-wait-how = No cierre esta página. Le avisaremos con un sonido.
step-enter = Toque el botón verde
step-enter-how = Así entra a la llamada.
steps-title = Qué va a pasar

landing-title = Su visita por video
landing-invites = { $name } le invita
landing-when = Fecha y hora
landing-what = Motivo
landing-consent-title = Antes de entrar
landing-consent = Al entrar, usted acepta hablar por video con el hospital.
landing-consent-media = La llamada no se graba. Usaremos su cámara y su micrófono solo durante la visita.
landing-consent-data = El hospital guarda la hora en que entra y sale.
landing-consent-leave = Puede salir cuando quiera.
landing-consent-short = Al entrar, acepta lo que dice «Antes de entrar».
landing-consent-changed = El hospital cambió el texto «Antes de entrar». Léalo y entre de nuevo.
landing-enter = Entrar a la sala de espera
landing-entering = Entrando…
landing-offline = No hay conexión. Revise su internet e inténtelo otra vez.
landing-failed = No pudimos abrir su lugar. Inténtelo otra vez.
landing-problem = No pudimos abrir su lugar
landing-no-script = La videollamada necesita JavaScript. Actívelo o use otro navegador.

in-app-title = Abra esta página en su navegador
in-app-how = Dentro de esta aplicación la cámara no funciona. Copie el enlace y péguelo en Chrome o Safari.
in-app-copy = Copiar el enlace
in-app-copied = Enlace copiado. Péguelo en Chrome o Safari.
in-app-by-hand = Copie la dirección que aparece arriba en la pantalla.

lobby-title = Sala de espera
lobby-heading = Ya tiene su lugar
lobby-early = Llegó temprano. Su lugar está apartado.
lobby-moved = Cambió la hora de su visita. Puede esperar aquí o volver más tarde.
lobby-waiting = El hospital ya sabe que está aquí. Le abrirán pronto.
lobby-in-session = La visita ya comenzó. Le abrirán en un momento.
lobby-held = Regresó a la sala de espera. Su cámara está apagada. Le abrirán pronto.
lobby-new-device = Abrió el enlace en otro dispositivo. El hospital debe aceptar este. Espere aquí.
lobby-host = Le atiende
lobby-greeting = Hola, { $name }
lobby-count-hours = Faltan { $hours } h { $minutes } min para su cita
lobby-count-days-one = Falta 1 día para su cita
lobby-count-days = Faltan { $days } días para su cita
lobby-count-minutes = Faltan { $minutes } minutos para su cita
lobby-count-minute = Falta 1 minuto para su cita
lobby-count-soon = Falta menos de un minuto
lobby-waited = Lleva { $minutes } minutos de espera
lobby-waited-one = Lleva 1 minuto de espera
lobby-waited-none = Acaba de empezar su espera
lobby-offline = Se perdió la conexión. Conserva su lugar. Seguimos intentando.
lobby-back = Ya hay conexión otra vez. Conserva su lugar.
lobby-connecting = Conectando con el hospital…
lobby-no-script = Esta página se actualiza sola cada 10 segundos. La videollamada necesita JavaScript.

check-title = Su cámara y micrófono
check-explain = El hospital le verá y oirá solo cuando usted entre a la llamada.
check-start = Probar cámara y micrófono
check-asking = Toque «Permitir» cuando su teléfono le pregunte.
check-good = Su cámara y micrófono funcionan.
check-sound-only = Su micrófono funciona. Entrará sin video.
check-off = Su cámara está apagada.
check-preview = Así se ve usted
check-meter = Hable: la barra se mueve si su micrófono funciona.
check-sound = Escuchar el aviso
check-retry = Intentar otra vez
check-anyway = También puede entrar sin cámara: podrá ver y oír.

media-denied-title = La cámara está bloqueada
media-denied-how = Toque el candado junto a la dirección. Permita cámara y micrófono. Luego intente otra vez.
media-denied-ios = Toque «aA» junto a la dirección. Elija Ajustes del sitio web. Permita cámara y micrófono.
media-missing-title = No encontramos cámara ni micrófono
media-missing-how = Conecte una cámara o un micrófono. También puede usar otro teléfono.
media-busy-title = Otra aplicación usa su cámara
media-busy-how = Cierre las otras aplicaciones y llamadas. Luego intente otra vez.
media-insecure-title = Esta conexión no permite usar la cámara
media-insecure-how = Abra el enlace tal como llegó en el mensaje. Debe empezar con «https».
media-policy-title = Este dispositivo no permite usar la cámara
media-policy-how = Quien administra el dispositivo bloqueó la cámara y el micrófono. Use otro teléfono o llame al hospital.
media-failed-title = No pudimos encender la cámara
media-failed-how = Intente otra vez. Si no funciona, cierre y abra el navegador.

ready-title = Ya puede entrar
ready-alert = Ya puede entrar. Toque el botón verde: Entrar a la llamada.
ready-host = { $host } le espera.
ready-enter = Entrar a la llamada
ready-notice = Su cámara se enciende 3 segundos después de tocar.
ready-no-camera = Entrará sin cámara ni micrófono. Podrá ver y oír.
ready-no-video = Entrará sin video. Le podrán oír.
ready-tab = Ya puede entrar

call-title = Llamada
call-countdown = Su cámara se enciende en { $seconds }
call-region = Videollamada
call-people = Personas en la llamada
call-controls = Controles de la llamada
call-you = Usted
call-alone = Está en la llamada. Espere a que entren los demás.
call-joined = { $name } entró a la llamada.
call-gone = { $name } salió de la llamada.
call-connecting = Conectando…
call-reconnecting = Reconectando…
call-camera-off = Cámara apagada
call-microphone-off = Micrófono apagado
call-mute = Micrófono
call-mute-on = encendido
call-mute-off = apagado
call-camera = Cámara
call-camera-on = encendida
call-camera-is-off = apagada
call-audio-only = Solo audio
call-audio-only-on = activado
call-audio-only-off = desactivado
call-hang-up = Colgar
call-hear = Toque para oír
call-signal-lost = Se perdió la conexión con el hospital. La llamada sigue. Estamos reconectando.
call-unheard = Los demás no le oyen.
call-unseen = Los demás no le ven.
call-unheard-unseen = Los demás no le ven ni le oyen.
call-microphone-denied = Su navegador no permite el micrófono.
call-camera-denied = Su navegador no permite la cámara.
call-both-denied = Su navegador no permite cámara ni micrófono.
call-not-entered-title = No pudimos entrar a la llamada
call-not-entered-how = Su cámara está apagada. Inténtelo otra vez.
call-enter-staff = Entrar a la llamada
call-staff-title = Listo para entrar
call-staff-how = Los demás le verán y oirán al entrar.
call-staff-not-yet = Inicie la visita en el tablero para poder entrar.
call-back = Volver a la lista
call-over-how = Vuelva a la lista. Su cámara está apagada.
call-denied-title = No pudimos abrir la llamada

kind-doctor = Medicina
kind-colleague = Personal médico
kind-ward = Piso
kind-patient = Paciente
kind-relative = Familiar
kind-interpreter = Intérprete

left-title = Salió de la llamada
left-how = Su cámara está apagada. La visita sigue abierta.
left-again = Entrar de nuevo

elsewhere-title = Su lugar está abierto en otra pantalla
elsewhere-how = Solo una pantalla a la vez puede usarlo. La otra sigue abierta.
elsewhere-link = Si quiere usar este dispositivo, abra aquí otra vez el enlace de su mensaje.
elsewhere-here = Usar este dispositivo

farewell-ended-title = La visita terminó
farewell-ended-how = Gracias. Su cámara está apagada. Ya puede cerrar esta página.
farewell-cancelled-title = La visita se canceló
farewell-cancelled-how = El hospital le avisará de una nueva fecha. Puede cerrar esta página.
farewell-no-show-title = La visita se cerró
farewell-no-show-how = Pasó el tiempo de la cita. Llame al hospital para pedir otra.
farewell-removed-title = Ya no está en esta visita
farewell-removed-how = El hospital cerró su lugar. Si cree que es un error, llame.
farewell-denied-title = No pudimos abrir su lugar
farewell-denied-how = Abra otra vez el enlace de su mensaje. Si no funciona, llame al hospital.

link-title = Este enlace ya no abre
link-why = Los enlaces duran una hora. También dejan de abrir cuando el hospital envía uno nuevo.
link-newest = Busque en sus mensajes el enlace más reciente.
link-ask = Pedir un enlace nuevo
link-ask-how = El hospital revisa su pedido y le envía un mensaje.
link-asked-title = Recibimos su pedido
link-asked-how = Si este enlace era de una visita, el hospital le dará uno nuevo.
link-asked-wait = Esté atento a su teléfono.
link-again-title = Abra otra vez su enlace
link-again-how = Este navegador no tiene su lugar. Toque de nuevo el enlace del mensaje.
link-call = ¿Necesita ayuda? Llame al { $phone }
