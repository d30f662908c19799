people-video-found = Tem conta no Webex.
people-video-missing = Não tem conta no Webex. Sem ela não pode iniciar visitas lá.
people-video-unknown = O Webex não responde agora. Tente mais tarde.

told-engine_switched-webex = { $staff } passou a visita para o Webex.
told-engine_switched-direct = { $staff } passou a visita para a chamada direta.
