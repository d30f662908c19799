people-video-found = Tiene cuenta en Webex.
people-video-missing = No tiene cuenta en Webex. Sin ella no puede iniciar visitas ahí.
people-video-unknown = Webex no responde ahora. Intente más tarde.

told-engine_switched-webex = { $staff } pasó la visita a Webex.
told-engine_switched-direct = { $staff } pasó la visita a la llamada directa.
