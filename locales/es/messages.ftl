# Text messages: one segment each, whose accents are dropped where they would cost a second; no health data; the link comes last.
# An admin may word each anew, with blanks of the same names.

message-booked = { $hospital }: { $service } el { $date } a las { $time } ({ $zone }). Enlace { $minutes } min antes. Busque luz y buena señal.
message-reminder = { $hospital }: recuerde su { $service }: { $date }, { $time } ({ $zone }). El enlace llega { $minutes } min antes.
message-link = { $hospital }: videollamada a las { $time } ({ $zone }). Toque y entre: { $link }
message-new-link = { $hospital }: su nuevo enlace. El anterior ya no sirve. Toque para entrar: { $link }
message-running-late = { $hospital }: hay retraso. Su { $service } empezará hacia las { $time } ({ $zone }). Disculpe la espera.
message-come-now = { $hospital }: ya puede pasar. Toque para entrar: { $link }
message-you-are-late = { $hospital }: su videollamada era a las { $time }. Todavía puede entrar: { $link }
message-rescheduled = { $hospital }: su videollamada cambia al { $date } a las { $time } ({ $zone }). Antes le enviaremos el enlace.
message-cancelled = { $hospital }: se cancela su videollamada del { $date } a las { $time } ({ $zone }). Disculpe las molestias.
message-subject = { $hospital }: su videollamada

# The city whose time it is; one that stands in no list is called as the zone is.
zone-city = { $city ->
        [Mexico_City] Ciudad de México
        [Cancun] Cancún
        [Merida] Mérida
        [Mazatlan] Mazatlán
        [Ciudad_Juarez] Ciudad Juárez
        [Bahia_Banderas] Bahía Banderas
        [New_York] Nueva York
        [Los_Angeles] Los Ángeles
        [Sao_Paulo] São Paulo
        [Belem] Belém
        [Cuiaba] Cuiabá
        [Maceio] Maceió
        [Santarem] Santarém
        [Araguaina] Araguaína
        [Eirunepe] Eirunepé
        [Bogota] Bogotá
        [Asuncion] Asunción
        [Panama] Panamá
        [Havana] La Habana
        [Port-au-Prince] Puerto Príncipe
        [Canary] Canarias
        [Lisbon] Lisboa
       *[other] { $name }
    }

# What a visit is called in a message: read by others, so nothing about health.
message-service-home_consultation = consulta por video
message-service-medical_report = informe médico por video
message-service-tele_visit = visita por video
message-service-follow_up = cita por video

message-date = { $weekday ->
        [Mon] lunes
        [Tue] martes
        [Wed] miércoles
        [Thu] jueves
        [Fri] viernes
        [Sat] sábado
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

about-message-reminder = Recordatorio del día anterior
about-message-running_late = Aviso de retraso
about-message-come_now = Aviso de que puede pasar
about-message-you_are_late = Aviso de que se le espera

message-why-night = Es de noche allá. Sale por la mañana.
message-why-needless = Ya no hacía falta.
message-why-switched_off = El hospital apagó los recordatorios.

settings-reminders = Recordatorios y letras
settings-reminders-how = El recordatorio sale la víspera, a la hora del lugar de la cita. Nunca de noche.
settings-day_before = Recordatorio la víspera
settings-day_before-how = Si lo apaga, tampoco salen los ya previstos.
settings-day_before-wrong = Elija si se envía o no.
settings-day_before-on = Se envía
settings-day_before-off = No se envía
settings-reminder_hour = Hora del recordatorio
settings-reminder_hour-how = Una hora en punto, de 8 a 20. Vale para las visitas que se agenden desde ahora.
settings-reminder_hour-wrong = Escriba una hora en punto de 8 a 20.
settings-lettering = Letras de los mensajes
settings-lettering-how = Una sola «á» puede duplicar el precio de un mensaje de texto.
settings-lettering-wrong = Elija una de las dos.
settings-lettering-plain = Sin los acentos que encarecen
settings-lettering-accents = Con acentos, si el mensaje sigue costando uno

texts-title = Textos
texts-lead = Así leen las familias cada mensaje. Puede escribirlos a su manera, en cada idioma.
texts-own = Propio
texts-change = Cambiar
texts-text = Texto del mensaje
texts-text-how = Lo que está entre llaves se llena solo. No escriba por qué es la visita: otros pueden leerlo.
texts-needed = Obligatorio.
texts-example = Ejemplo
texts-count = Ocupa hasta { $used } de { $limit } letras.
texts-over = Es demasiado largo: quite { $count } letras para que cueste un solo mensaje.
texts-save = Guardar texto
texts-preview = Ver ejemplo
texts-ours = Nuestro texto
texts-reset = Volver a nuestro texto
texts-all = Todos los textos
texts-saved = El texto está guardado. Los mensajes que salgan desde ahora lo llevan.
texts-reset-done = Los mensajes llevan otra vez nuestro texto.
texts-meanwhile-reset = Otra persona volvió a nuestro texto entretanto. Guarde de nuevo para poner el suyo.
texts-empty = Escriba un texto.
texts-too-long = El texto es demasiado largo. Escriba uno que quepa en un mensaje.
texts-control = El texto tiene signos invisibles. Escríbalo de nuevo.
texts-unclosed = Falta una llave. Escriba los datos así: { "{time}" }.
texts-unknown = No existe el dato { $blank }. Use uno de la lista.
texts-misplaced = El dato { $blank } no sirve en este mensaje. Quítelo.
texts-missing = Falta { $blank }. Sin ese dato el mensaje no sirve.
texts-link-stuck = Deje un espacio antes y después de { $blank }, o póngalo al final.

texts-when-booked = Sale al agendar la visita.
texts-when-reminder = Sale la víspera, a la hora que dicen los ajustes.
texts-when-link = Sale poco antes de la cita, y cuando alguien lo reenvía.
texts-when-new_link = Sale cuando el personal da un enlace nuevo.
texts-when-running_late = Sale cuando el personal avisa de un retraso, a quien no ha llegado.
texts-when-come_now = Sale cuando puede pasar quien pidió un mensaje en la sala de espera.
texts-when-you_are_late = Sale 5 minutos después de la hora, a quien no ha abierto su enlace.
texts-when-rescheduled = Sale al cambiar la visita de hora.
texts-when-cancelled = Sale al cancelar la visita.

blank-hospital = El nombre del hospital.
blank-service = Qué visita es, sin nada de salud.
blank-date = El día de la cita.
blank-time = La hora; si hay retraso, la nueva.
blank-zone = La ciudad de esa hora.
blank-minutes = Cuántos minutos antes llega el enlace.
blank-link = El enlace para entrar.

told-delayed = { $staff } avisó que empieza más tarde: { $when }.
told-text_asked = { $seat } pidió un mensaje para cuando pueda pasar.

lobby-late = Hay retraso: hacia las { $time } empezará la visita. Conserva su lugar.
text-me-title = ¿Prefiere esperar sin mirar?
text-me-how = Le enviamos un mensaje cuando pueda pasar. Conserva su lugar.
text-me-asked = Le enviaremos un mensaje cuando pueda pasar. Ya puede guardar el teléfono.
text-me-ask = Avísenme por mensaje
text-me-withdraw = Ya no hace falta
text-me-failed = No se pudo. Revise su conexión e intente otra vez.
text-me-no-phone = No tenemos su número. Espere aquí, por favor.
text-me-opted-out = Usted pidió no recibir mensajes. Espere aquí, por favor.
text-me-not-now = Ahora no podemos avisarle por mensaje. Espere aquí, por favor.
