# Quem trabalha aqui, e o que cada pessoa escolhe para si.

staff-moment = { $date }, { $time }

people-title = Equipe
people-count = { $count ->
    [one] 1 pessoa
   *[other] { $count } pessoas
}
people-add = Adicionar alguém
people-search = Nome ou e-mail
people-any-role = Qualquer função
people-any-state = Qualquer situação
people-show = Mostrar
people-show-all = Mostrar toda a equipe
people-empty = Ainda não há ninguém. Adicione alguém com o botão acima.
people-none-such = Ninguém corresponde. Escreva menos letras ou escolha outra função ou situação.
people-more-found = Há mais pessoas. Escreva mais letras para vê-las.
people-never = Nunca

people-name = Nome
people-email = E-mail
people-email-how = É com ele que a pessoa entra. Ninguém mais pode tê-lo.
people-role = Função
people-ward = Ala
people-services = Serviços
people-signed-in = Último acesso
people-state = Situação
people-state-active = Pode entrar
people-state-not-set-up = Ainda sem senha
people-state-disabled = Sem acesso

people-new-title = Adicionar alguém
people-add-now = Adicionar
people-add-how = Depois aparece um link, para a pessoa escolher a senha.
people-add-another = Adicionar outra pessoa
people-back = Voltar à equipe
people-save = Salvar
people-place = Lugar e idioma
people-language = Idioma das páginas
people-ward-how = A equipe de ala precisa de uma.
people-no-wards = Ainda não há alas. Adicione-as nas configurações.
people-services-how = Cada função pode ter só os serviços mostrados aqui. Eles limitam o que a pessoa abre e muda, não o que ela vê.
role-admin-how = Adiciona a equipe e configura o hospital. Não vê visitas nem pacientes.
role-doctor-how = Atende as próprias visitas e decide quem entra.
role-clerk-how = Cadastra pacientes, marca visitas e reenvia links.
role-ward-how = Prepara o tablet da ala e abre as televisitas.

people-name-missing = Escreva o nome.
people-name-long = Escreva no máximo 100 letras no nome.
people-name-malformed = Escreva o nome com letras.
people-email-wrong = Escreva um e-mail, como nome@hospital.org.
people-email-taken = Outra pessoa já tem este e-mail. Procure-a na lista.
people-role-missing = Escolha uma função.
people-own-role = Você não pode tirar a própria função. Peça a outra pessoa que administre.
people-ward-missing = Escolha em que ala a pessoa trabalha.
people-services-missing = Escolha pelo menos um serviço.
people-meanwhile = Outra pessoa mudou para “{ $value }”. Se salvar, fica o que você escreveu.
people-saved = As mudanças estão salvas.
people-added-already = Esta pessoa já foi adicionada. O link foi mostrado uma só vez.

people-access = Acesso
people-password = Senha
people-password-none = Não tem, e nenhum link funciona. Crie um novo.
people-password-invited = Ainda não tem. O link funciona até { $until }.
people-password-set = Já tem uma.
people-password-again = Tem uma. O link para escolher outra funciona até { $until }.
people-password-disabled = Não serve enquanto não houver acesso.
people-video = Conta de vídeo
people-video-not-needed = Não é preciso: as chamadas vão de navegador a navegador.
people-self = É você. Mude sua senha em:
people-link = Criar um link de senha
people-link-how = O link anterior deixa de funcionar. Ao usá-lo, todas as sessões se fecham.
people-own-link = Mude sua própria senha no seu perfil.
people-disabled-no-link = Sem acesso não há link. Primeiro devolva o acesso.
people-signed-out = A sessão está fechada.
people-signed-out-all = Todas as sessões dessa pessoa estão encerradas.

people-disable-title = Tirar o acesso
people-disable-how = As sessões e as páginas abertas se fecham na hora.
people-disable = Tirar o acesso…
people-disable-question = Tirar o acesso de { $name }? Você pode devolvê-lo depois.
people-disable-answer = Sim, tirar o acesso
people-disabled = Não tem mais acesso. As sessões estão fechadas.
people-own-disablement = Você não pode tirar o próprio acesso. Peça a outra pessoa que administre.
people-enable-title = Devolver o acesso
people-enable-how = A pessoa entra de novo com a senha que tinha.
people-enable = Devolver o acesso
people-enabled = Tem acesso de novo.
people-coming = Visitas que ainda precisa atender

people-handover-to = Passar estas visitas para
people-handover = Passar as visitas
people-handover-missing = Escolha para quem as visitas passam.
people-handed-over = Visitas passadas: { $count }.
people-handover-taken = Já tem outra visita nesse horário: { $count }.
people-handover-not-permitted = O serviço não lhe é permitido: { $count }.
people-handover-otherwise = Já começaram ou foram encerradas: { $count }.
people-handover-by-hand = Alguém do Cadastro pode passar as que restam, uma a uma, na página de cada.
people-former-doctor = { $name } (não atende mais)

sessions-title = Sessões abertas
sessions-none = Nenhuma sessão está aberta.
sessions-unknown = Navegador desconhecido
sessions-this = esta sessão
sessions-times = Desde { $begun }; visto pela última vez em { $seen }
sessions-end = Fechar
sessions-end-all = Fechar todas as sessões
sessions-end-others = Fechar todas as outras

welcome-link-new = { $name } já está na equipe
welcome-link-again = Link de senha para { $name }
welcome-link-how = Entregue este link a { $name }. Funciona uma vez, até { $until }.
welcome-link-label = Link para escolher a senha
welcome-link-copy = Copiar
welcome-link-copied = O link está copiado.
welcome-link-code = Código QR
welcome-link-once = O link só aparece agora. Este servidor não envia e-mails: entregue-o você.
welcome-link-done = Ver esta pessoa
welcome-title = Escolha sua senha
welcome-how = { $name }, a partir de agora você entra com esta senha.
welcome-enter = Salvar minha senha e entrar
welcome-done = Sua senha está salva. Você já entrou.
welcome-over-how = Peça outro link a quem administra o sistema.

profile-name-how = Quem administra o sistema pode mudar seu nome, e-mail ou função.
profile-settings = Idioma e hora
profile-saved = Está salvo.
profile-password = Senha
profile-present = Senha atual
profile-new = Senha nova
profile-password-how = Suas outras sessões se fecham.
profile-password-change = Mudar minha senha
profile-password-changed = Sua senha mudou. Suas outras sessões estão fechadas.
profile-present-wrong = Não é sua senha atual. Escreva de novo.
profile-signed-out = A sessão está fechada.
profile-signed-out-others = Suas outras sessões estão encerradas.
profile-admissions = Como você deixa as pessoas entrarem
profile-admissions-how = Suas visitas novas começam assim. Em cada visita você pode escolher outra coisa.
profile-messages = Frases prontas
profile-messages-how = São para o chat da sala de espera, que ainda não existe. Esvazie uma linha para tirá-la.
profile-message = Frase { $number }
profile-message-up = Subir
profile-message-long = Escreva no máximo 200 letras nesta frase.
profile-message-malformed = Esta frase tem um caractere que não pode ser salvo.
