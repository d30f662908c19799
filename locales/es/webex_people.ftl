# Webex y quienes trabajan aquí: cuentas, comparación y avisos.

webex-part = Cuenta de Webex
webex-part-how = Se pide a Webex después de guardar. El resultado se ve en la página de la persona.
webex-wanted-account = Con cuenta
webex-wanted-account-how = Puede iniciar visitas en Webex. Si no existe allá, se crea.
webex-wanted-released = Sin licencias
webex-wanted-released-how = Lo que recibió desde aquí se le retira.
webex-licences = Licencias
webex-licence-used = { $used } de { $total } en uso
webex-licence-used-up = no queda ninguna
webex-licence-gone = Licencia que Webex ya no muestra
webex-licences-none = Aún no se han leído las licencias. Vuelva en un minuto.
webex-licences-unread = No se pueden leer las licencias. Guarde sin licencias y vuelva después.
webex-licences-as-of = Según Webex: { $time }
webex-licence-missing = Elija al menos una licencia, o «Sin licencias».
webex-licence-unknown = Webex ya no tiene una de las licencias. Elija otra.
webex-site = Sitio
webex-site-how = Donde se abren sus reuniones.
webex-site-any = El que asigne Webex
webex-site-unknown = Webex no muestra ese sitio. Elija otro.

webex-account = Cuenta de Webex
webex-account-try = Probar ahora
webex-account-trying = Se prueba ahora. La respuesta se ve aquí.
webex-account-missing = Falta
webex-account-has = Tiene
webex-account-looked = Última consulta a Webex
webex-account-next = Próximo intento
webex-account-tracking = Referencia para Cisco
webex-account-other-address = En Webex tiene otro correo: { $address }. Sin el mismo correo no puede iniciar visitas. Iguálelos en:

webex-state-undecided = Sin decidir
webex-state-asked_for = Pedida
webex-state-asked_back = Por retirar
webex-state-declined = Sin cuenta
webex-state-granted = Concedida
webex-state-out_of_licences = No quedan licencias
webex-state-missing = Incompleta
webex-state-kept = Retirada a medias
webex-state-taken_back = Retirada
webex-state-failed = No se pudo

webex-do-undecided = Nadie ha decidido aún. Elija arriba y guarde.
webex-do-asked_for = Webex todavía no responde. Esta página lo muestra en cuanto lo haga.
webex-do-asked_back = Se le está retirando lo que recibió desde aquí.
webex-do-declined = No se le pidió ninguna. Para pedirla, elija arriba y guarde.
webex-do-granted = Tiene todo lo que se pidió y puede iniciar visitas en Webex.
webex-do-out_of_licences = Compre más en Control Hub o retire una a otra persona. Se vuelve a pedir cada 15 minutos.
webex-do-missing = Webex no dio todo y no dice por qué. Revise a la persona en Control Hub.
webex-do-kept = Webex conserva algo que debía retirarse. Retírelo en Control Hub.
webex-do-taken_back = Ya no tiene nada que venga de aquí.

webex-people-signed_out = Webex no acepta a este hospital. Renueve el token de la aplicación de servicio. Se sigue intentando.
webex-people-forbidden = La aplicación no tiene permiso para personas y licencias. Déselo en Control Hub. Se sigue intentando.
webex-people-no_host = Webex no encuentra quién abra las reuniones. Revise el sitio en Control Hub.
webex-people-not_found = Webex no encuentra a la persona todavía. Se sigue intentando.
webex-people-conflict = Otra organización de Webex tiene ese correo, o alguien lo está cambiando. Revíselo en Control Hub.
webex-people-refused = Webex no lo acepta. Revise el nombre, el correo y el dominio en Control Hub.
webex-people-busy = Webex recibe demasiadas peticiones. Se sigue intentando.
webex-people-quota = Webex no permite más por hoy. Se sigue intentando.
webex-people-down = Webex no responde. Se sigue intentando.
webex-people-lost = La respuesta de Webex se perdió. Se revisa antes de repetir.
webex-people-unreadable = La respuesta de Webex no se entiende. Se sigue intentando.
webex-people-not_set_up = Webex no está configurado aquí.

webex-choices-title = Webex: altas y avisos
webex-choices-saved = Los ajustes de Webex están guardados.
webex-choices-meanwhile = Otra persona cambió estos ajustes. Revise y guarde de nuevo.
webex-usual = Lo que recibe quien llega
webex-usual-how = Viene elegido al agregar a un médico o a personal de sala. En cada persona se puede cambiar.
webex-tells = Avisos del bot
webex-tells-how = El bot escribe a la sala configurada y a cada médico. Nunca nombra a pacientes.
webex-tells-no-bot = Aún no hay bot: falta su token en la configuración.
webex-tells-waiting = Quién espera
webex-tells-waiting-how = Cuántas personas esperan y desde hace cuántos minutos.
webex-tells-messages = Mensajes que no llegaron
webex-tells-messages-how = Cuántos no se entregaron.
webex-tells-trouble = Problemas de Webex
webex-tells-trouble-how = Reuniones o cuentas que Webex no hizo.

webex-compare-title = Comparar con Webex
webex-compare-how = Muestra en qué difieren Antesala y Webex. Nada cambia sin que usted lo elija.
webex-compare-imported = El archivo no pide cuentas de Webex. Compare con Webex y cree las que falten.
webex-compare-begin = Comparar
webex-compare-again = Comparar de nuevo
webex-compare-never = Todavía no se ha comparado.
webex-compare-asked = La pidió { $name }: { $time }
webex-compare-reading = Leyendo Webex: { $people } personas hasta ahora.
webex-compare-done = Se leyeron { $people } personas de Webex.
webex-compare-equal = Los dos lados son iguales.
webex-compare-undecided = { $count ->
    [one] 1 diferencia por decidir
   *[other] { $count } diferencias por decidir
}
webex-fate-open = Por decidir
webex-fate-asked = Pedida
webex-fate-done = Hecha
webex-fate-failed = No se pudo
webex-fate-left = Se deja así
webex-difference-missing_there = Trabaja aquí y no está en Webex.
webex-difference-still_active = Aquí no tiene acceso y en Webex sigue activa.
webex-difference-licences = Sus licencias en Webex no son las elegidas aquí.
webex-difference-address = En Webex tiene otro correo. Así no puede iniciar visitas.
webex-difference-name = En Webex tiene otro nombre.
webex-difference-unknown_here = Tiene en Webex una licencia de las que da este hospital. Aquí nadie la conoce.
webex-difference-here = Aquí
webex-difference-there = En Webex
webex-difference-lacks = Le falta
webex-difference-besides = Tiene de más
webex-equal-missing_there = Crear en Webex
webex-equal-still_active = Cerrar en Webex
webex-equal-licences = Dejar las elegidas aquí
webex-equal-address = Poner en Webex el correo de aquí
webex-equal-name = Poner en Webex el nombre de aquí
webex-equal-unknown_here = Retirar las licencias
webex-leave = Dejar así
webex-difference-asked = Se pidió a Webex. El resultado se ve en su renglón.
webex-difference-left = Se deja como está.
webex-difference-gone = Ya hay otra comparación. Elija en la lista nueva.
webex-difference-changed = La persona cambió desde la comparación. Compare de nuevo.

webex-notice-open = Abrir el tablero
webex-notice-waiting = { $count ->
    [one] 1 persona espera desde hace { $minutes } min.
   *[other] { $count } personas esperan. La primera, desde hace { $minutes } min.
}
webex-notice-messages = { $count ->
    [one] 1 mensaje no llegó. Vea el tablero.
   *[other] { $count } mensajes no llegaron. Vea el tablero.
}
webex-notice-trouble = { $count ->
    [one] Webex no hizo 1 cosa que se le pidió. Avise a quien administra.
   *[other] Webex no hizo { $count } cosas que se le pidieron. Avise a quien administra.
}
