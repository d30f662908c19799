# O que pacientes e familiares veem, e os controles da chamada. Palavras simples, 15 palavras por frase.

page-title-error = Erro: { $title }
page-skip = Ir para o conteúdo
page-help = Ajuda
page-language = Idioma

when-weekdays = segunda-feira,terça-feira,quarta-feira,quinta-feira,sexta-feira,sábado,domingo
when-months = janeiro,fevereiro,março,abril,maio,junho,julho,agosto,setembro,outubro,novembro,dezembro
when-day = { $weekday }, { $number } de { $month }
when-am = da manhã
when-pm = da tarde
when-zone = { $city ->
    [Mexico_City] horário da Cidade do México
    [UTC] horário universal (UTC)
   *[other] horário de { $name }
}

visit-home-consultation = Consulta por vídeo
visit-medical-report = Conversa com a equipe médica
visit-tele-visit = Visita da família por vídeo
visit-follow-up = Acompanhamento com seu médico

step-allow = Permita a câmera e o microfone
step-allow-how = Seu celular vai perguntar. Toque em “Permitir”.
step-wait = Espere aqui
step-wait-how = Não feche esta página. Um som vai avisar você.
step-enter = Toque no botão verde
step-enter-how = Assim você entra na chamada.
steps-title = O que vai acontecer

landing-title = Sua visita por vídeo
landing-invites = { $name } convida você
landing-when = Data e hora
landing-what = Motivo
landing-consent-title = Antes de entrar
landing-consent = Ao entrar, você aceita conversar com o hospital por vídeo.
landing-consent-media = A chamada não é gravada. Usamos sua câmera e seu microfone somente durante a visita.
landing-consent-data = O hospital guarda a hora em que você entra e sai.
landing-consent-leave = Você pode sair quando quiser.
landing-consent-short = Ao entrar, você aceita o que diz “Antes de entrar”.
landing-consent-changed = O hospital mudou o texto “Antes de entrar”. Leia e entre de novo.
landing-enter = Entrar na sala de espera
landing-entering = Entrando…
landing-offline = Não há conexão. Verifique sua internet e tente outra vez.
landing-failed = Não conseguimos abrir seu lugar. Tente outra vez.
landing-problem = Não conseguimos abrir seu lugar
landing-no-script = A chamada de vídeo precisa de JavaScript. Ative-o ou use outro navegador.

in-app-title = Abra esta página no seu navegador
in-app-how = A câmera não funciona dentro deste aplicativo. Copie o link e cole no Chrome ou Safari.
in-app-copy = Copiar o link
in-app-copied = Link copiado. Cole no Chrome ou Safari.
in-app-by-hand = Copie o endereço que aparece no alto da tela.

lobby-title = Sala de espera
lobby-heading = Você já tem seu lugar
lobby-early = Você chegou cedo. Seu lugar está guardado.
lobby-moved = O horário da sua visita mudou. Você pode esperar aqui ou voltar mais tarde.
lobby-waiting = O hospital já sabe que você está aqui. Logo vão abrir.
lobby-in-session = A visita já começou. Vão abrir para você em um momento.
lobby-held = Você voltou à sala de espera. Sua câmera está desligada. Logo vão abrir.
lobby-new-device = Você abriu o link em outro aparelho. O hospital precisa aceitar este. Espere aqui.
lobby-host = Quem atende você
lobby-greeting = Olá, { $name }
lobby-count-hours = Faltam { $hours } h { $minutes } min para sua visita
lobby-count-days-one = Falta 1 dia para sua visita
lobby-count-days = Faltam { $days } dias para sua visita
lobby-count-minutes = Faltam { $minutes } minutos para sua visita
lobby-count-minute = Falta 1 minuto para sua visita
lobby-count-soon = Falta menos de um minuto
lobby-waited = Você espera há { $minutes } minutos
lobby-waited-one = Você espera há 1 minuto
lobby-waited-none = Sua espera acabou de começar
lobby-offline = A conexão caiu. Seu lugar está guardado. Continuamos tentando.
lobby-back = A conexão voltou. Seu lugar foi guardado.
lobby-connecting = Conectando com o hospital…
lobby-no-script = Esta página se atualiza sozinha a cada 10 segundos. A chamada precisa de JavaScript.

check-title = Sua câmera e seu microfone
check-explain = O hospital só vê e ouve você quando você entra na chamada.
check-start = Testar câmera e microfone
check-asking = Toque em “Permitir” quando o celular perguntar.
check-good = Sua câmera e seu microfone funcionam.
check-sound-only = Seu microfone funciona. Você vai entrar sem vídeo.
check-off = Sua câmera está desligada.
check-preview = É assim que você aparece
check-meter = Fale: a barra se mexe se o microfone funciona.
check-sound = Ouvir o aviso
check-retry = Tentar outra vez
check-anyway = Você também pode entrar sem câmera: vai ver e ouvir.

media-denied-title = A câmera está bloqueada
media-denied-how = Toque no cadeado ao lado do endereço. Permita câmera e microfone. Depois tente outra vez.
media-denied-ios = Toque em “aA” ao lado do endereço. Escolha Ajustes do Site. Permita câmera e microfone.
media-missing-title = Não encontramos câmera nem microfone
media-missing-how = Conecte uma câmera ou um microfone. Você também pode usar outro celular.
media-busy-title = Outro aplicativo usa sua câmera
media-busy-how = Feche outros aplicativos e chamadas. Depois tente outra vez.
media-insecure-title = Esta conexão não permite usar a câmera
media-insecure-how = Abra o link como chegou na mensagem. Ele deve começar com “https”.
media-policy-title = Este aparelho não permite usar a câmera
media-policy-how = Quem administra o aparelho bloqueou a câmera e o microfone. Use outro celular ou ligue ao hospital.
media-failed-title = Não conseguimos ligar a câmera
media-failed-how = Tente outra vez. Se não funcionar, feche e abra o navegador.

ready-title = Você já pode entrar
ready-alert = Você já pode entrar. Toque no botão verde: Entrar na chamada.
ready-host = { $host } espera por você.
ready-enter = Entrar na chamada
ready-notice = Sua câmera liga 3 segundos depois do toque.
ready-no-camera = Você vai entrar sem câmera nem microfone. Vai ver e ouvir.
ready-no-video = Você vai entrar sem vídeo. Vão ouvir você.
ready-tab = Você já pode entrar

call-title = Chamada
call-countdown = Sua câmera liga em { $seconds }
call-region = Chamada de vídeo
call-people = Pessoas na chamada
call-controls = Controles da chamada
call-you = Você
call-alone = Você está na chamada. Espere os outros entrarem.
call-joined = { $name } entrou na chamada.
call-gone = { $name } saiu da chamada.
call-connecting = Conectando…
call-reconnecting = Reconectando…
call-camera-off = Câmera desligada
call-microphone-off = Microfone desligado
call-mute = Microfone
call-mute-on = ligado
call-mute-off = desligado
call-camera = Câmera
call-camera-on = ligada
call-camera-is-off = desligada
call-audio-only = Só áudio
call-audio-only-on = ativado
call-audio-only-off = desativado
call-hang-up = Desligar
call-hear = Toque para ouvir
call-signal-lost = A conexão com o hospital caiu. A chamada continua. Estamos reconectando.
call-unheard = Os outros não ouvem você.
call-unseen = Os outros não veem você.
call-unheard-unseen = Os outros não veem nem ouvem você.
call-microphone-denied = Seu navegador não permite o microfone.
call-camera-denied = Seu navegador não permite a câmera.
call-both-denied = Seu navegador não permite câmera nem microfone.
call-not-entered-title = Não conseguimos entrar na chamada
call-not-entered-how = Sua câmera está desligada. Tente outra vez.
call-enter-staff = Entrar na chamada
call-staff-title = Pronto para entrar
call-staff-how = Os outros vão ver e ouvir você ao entrar.
call-staff-not-yet = Inicie a visita no painel para poder entrar.
call-back = Voltar à lista
call-over-how = Volte à lista. Sua câmera está desligada.
call-denied-title = Não conseguimos abrir a chamada

kind-doctor = Medicina
kind-colleague = Equipe médica
kind-ward = Enfermaria
kind-patient = Paciente
kind-relative = Familiar
kind-interpreter = Intérprete

left-title = Você saiu da chamada
left-how = Sua câmera está desligada. A visita continua aberta.
left-again = Entrar de novo

elsewhere-title = Seu lugar está aberto em outra tela
elsewhere-how = Só uma tela por vez pode usá-lo. A outra continua aberta.
elsewhere-link = Para usar este aparelho, abra aqui outra vez o link da sua mensagem.
elsewhere-here = Usar este aparelho

farewell-ended-title = A visita terminou
farewell-ended-how = Obrigado. Sua câmera está desligada. Você já pode fechar esta página.
farewell-cancelled-title = A visita foi cancelada
farewell-cancelled-how = O hospital vai informar uma nova data. Você pode fechar esta página.
farewell-no-show-title = A visita foi encerrada
farewell-no-show-how = O horário da visita passou. Ligue ao hospital para marcar outra.
farewell-removed-title = Você não está mais nesta visita
farewell-removed-how = O hospital encerrou seu lugar. Se acha que é engano, ligue.
farewell-denied-title = Não conseguimos abrir seu lugar
farewell-denied-how = Abra outra vez o link da sua mensagem. Se não funcionar, ligue ao hospital.

link-title = Este link não abre mais
link-why = Os links duram uma hora. Eles também param quando o hospital envia um novo.
link-newest = Procure nas suas mensagens o link mais recente.
link-ask = Pedir um link novo
link-ask-how = O hospital analisa seu pedido e envia uma mensagem.
link-asked-title = Recebemos seu pedido
link-asked-how = Se este link era de uma visita, o hospital vai lhe dar um novo.
link-asked-wait = Fique atento ao seu celular.
link-again-title = Abra seu link outra vez
link-again-how = Este navegador não tem seu lugar. Toque de novo no link da mensagem.
link-call = Precisa de ajuda? Ligue para { $phone }
