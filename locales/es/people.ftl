# Quién trabaja aquí, y lo que cada quien elige para sí.

staff-moment = { $date }, { $time }

people-title = Personal
people-count = { $count ->
    [one] 1 persona
   *[other] { $count } personas
}
people-add = Agregar a alguien
people-search = Nombre o correo
people-any-role = Cualquier función
people-any-state = Cualquier estado
people-show = Mostrar
people-show-all = Mostrar a todo el personal
people-empty = Aún no hay nadie. Agregue a alguien con el botón de arriba.
people-none-such = Nadie coincide. Escriba menos letras o elija otra función o estado.
people-more-found = Hay más personas. Escriba más letras para verlas.
people-never = Nunca

people-name = Nombre
people-email = Correo electrónico
people-email-how = Con él inicia sesión. Nadie más puede tenerlo.
people-role = Función
people-ward = Sala
people-services = Servicios
people-signed-in = Último inicio de sesión
people-state = Estado
people-state-active = Puede entrar
people-state-not-set-up = Sin contraseña aún
people-state-disabled = Sin acceso

people-new-title = Agregar a alguien
people-add-now = Agregar
people-add-how = Después verá un enlace, para que la persona elija su contraseña.
people-add-another = Agregar a otra persona
people-back = Volver al personal
people-save = Guardar
people-place = Lugar e idioma
people-language = Idioma de sus páginas
people-ward-how = El personal de sala necesita una.
people-no-wards = Aún no hay salas. Agréguelas en los ajustes.
people-services-how = Cada función puede tener solo los servicios que se muestran. Limitan lo que abre y lo que cambia, no lo que ve.
role-admin-how = Agrega al personal y configura el hospital. No ve visitas ni pacientes.
role-doctor-how = Atiende sus propias visitas y decide quién entra.
role-clerk-how = Registra pacientes, programa visitas y reenvía enlaces.
role-ward-how = Prepara la tableta de su sala y abre sus televisitas.

people-name-missing = Escriba el nombre.
people-name-long = Escriba 100 letras como máximo en el nombre.
people-name-malformed = Escriba el nombre con letras.
people-email-wrong = Escriba un correo electrónico, como nombre@hospital.org.
people-email-taken = Otra persona ya tiene este correo. Búsquela en la lista.
people-role-missing = Elija una función.
people-own-role = No puede quitarse su propia función. Pídalo a otra persona que administre.
people-ward-missing = Elija en qué sala trabaja.
people-services-missing = Elija al menos un servicio.
people-meanwhile = Otra persona lo cambió a «{ $value }». Si guarda, queda lo que usted escribió.
people-saved = Los cambios están guardados.
people-added-already = Esta persona ya está agregada. Su enlace se mostró una sola vez.

people-access = Acceso
people-password = Contraseña
people-password-none = No tiene, y ningún enlace sirve. Cree uno nuevo.
people-password-invited = No tiene todavía. Su enlace sirve hasta el { $until }.
people-password-set = Tiene una.
people-password-again = Tiene una. El enlace para elegir otra sirve hasta el { $until }.
people-password-disabled = No le sirve mientras no tenga acceso.
people-video = Cuenta de video
people-video-not-needed = No hace falta: las llamadas van de navegador a navegador.
people-self = Es usted. Cambie su contraseña en:
people-link = Crear un enlace de contraseña
people-link-how = El enlace anterior deja de servir. Al usarlo se cierran todas sus sesiones.
people-own-link = Cambie su propia contraseña en su perfil.
people-disabled-no-link = Sin acceso no hay enlace. Primero devuélvale el acceso.
people-signed-out = La sesión está cerrada.
people-signed-out-all = Todas sus sesiones están cerradas.

people-disable-title = Quitar el acceso
people-disable-how = Se cierran sus sesiones y sus páginas abiertas, de inmediato.
people-disable = Quitar el acceso…
people-disable-question = ¿Quitar el acceso a { $name }? Puede devolverlo después.
people-disable-answer = Sí, quitar el acceso
people-disabled = Ya no tiene acceso. Sus sesiones están cerradas.
people-own-disablement = No puede quitarse su propio acceso. Pídalo a otra persona que administre.
people-enable-title = Devolver el acceso
people-enable-how = Entra otra vez con la contraseña que tenía.
people-enable = Devolver el acceso
people-enabled = Tiene acceso otra vez.
people-coming = Visitas que aún debe atender

people-handover-to = Entregar estas visitas a
people-handover = Entregar las visitas
people-handover-missing = Elija a quién se entregan las visitas.
people-handed-over = Visitas entregadas: { $count }.
people-handover-taken = A esa hora ya tiene otra visita: { $count }.
people-handover-not-permitted = No tiene permitido el servicio: { $count }.
people-handover-otherwise = Ya iniciaron o se cerraron: { $count }.
people-handover-by-hand = Alguien de Captura puede entregar las que quedan, una por una, desde su página.
people-former-doctor = { $name } (ya no atiende)

sessions-title = Sesiones abiertas
sessions-none = No tiene ninguna sesión abierta.
sessions-unknown = Navegador desconocido
sessions-this = esta sesión
sessions-times = Desde el { $begun }; visto por última vez el { $seen }
sessions-end = Cerrar
sessions-end-all = Cerrar todas sus sesiones
sessions-end-others = Cerrar todas las demás

welcome-link-new = { $name } ya está en el personal
welcome-link-again = Enlace de contraseña para { $name }
welcome-link-how = Entregue este enlace a { $name }. Sirve una vez, hasta el { $until }.
welcome-link-label = Enlace para elegir la contraseña
welcome-link-copy = Copiar
welcome-link-copied = El enlace está copiado.
welcome-link-code = Código QR
welcome-link-once = El enlace se muestra solo ahora. Este servidor no envía correos: entréguelo usted.
welcome-link-done = Ver a esta persona
welcome-title = Elija su contraseña
welcome-how = { $name }, con esta contraseña iniciará sesión desde ahora.
welcome-enter = Guardar mi contraseña e iniciar sesión
welcome-done = Su contraseña está guardada. Ya inició sesión.
welcome-over-how = Pida otro enlace a quien administra el sistema.

profile-name-how = Quien administra el sistema puede cambiar su nombre, correo o función.
profile-settings = Idioma y hora
profile-saved = Está guardado.
profile-password = Contraseña
profile-present = Contraseña actual
profile-new = Contraseña nueva
profile-password-how = Sus demás sesiones se cierran.
profile-password-change = Cambiar mi contraseña
profile-password-changed = Su contraseña cambió. Sus demás sesiones están cerradas.
profile-present-wrong = No es su contraseña actual. Escríbala de nuevo.
profile-signed-out = La sesión está cerrada.
profile-signed-out-others = Sus demás sesiones están cerradas.
profile-admissions = Cómo deja pasar a las personas
profile-admissions-how = Así empiezan sus visitas nuevas. En cada visita puede elegir otra cosa.
profile-messages = Frases listas
profile-messages-how = Son para el chat de la antesala, que aún no existe. Deje vacía una línea para quitarla.
profile-message = Frase { $number }
profile-message-up = Subir
profile-message-long = Escriba 200 letras como máximo en esta frase.
profile-message-malformed = Esta frase tiene un carácter que no se puede guardar.
