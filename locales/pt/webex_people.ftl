# O Webex e quem trabalha aqui: contas, comparação e avisos.

webex-part = Conta do Webex
webex-part-how = O pedido ao Webex é feito depois de salvar. O resultado aparece na página da pessoa.
webex-wanted-account = Com conta
webex-wanted-account-how = Pode iniciar visitas no Webex. Quem não existe lá é criado.
webex-wanted-released = Sem licenças
webex-wanted-released-how = O que recebeu daqui é retirado.
webex-licences = Licenças
webex-licence-used = { $used } de { $total } em uso
webex-licence-used-up = não resta nenhuma
webex-licence-gone = Licença que o Webex não mostra mais
webex-licences-none = As licenças ainda não foram lidas. Volte em um minuto.
webex-licences-unread = Não é possível ler as licenças. Salve sem licenças e volte depois.
webex-licences-as-of = Segundo o Webex: { $time }
webex-licence-missing = Escolha pelo menos uma licença, ou “Sem licenças”.
webex-licence-unknown = O Webex não tem mais uma das licenças. Escolha outra.
webex-site = Site
webex-site-how = Onde suas reuniões são abertas.
webex-site-any = O que o Webex atribuir
webex-site-unknown = O Webex não mostra esse site. Escolha outro.

webex-account = Conta do Webex
webex-account-try = Tentar agora
webex-account-trying = Tentando agora. A resposta aparece aqui.
webex-account-missing = Falta
webex-account-has = Tem
webex-account-looked = Última consulta ao Webex
webex-account-next = Próxima tentativa
webex-account-tracking = Referência para a Cisco
webex-account-other-address = No Webex o e-mail é outro: { $address }. Sem o mesmo e-mail não pode iniciar visitas. Iguale em:

webex-state-undecided = Sem decisão
webex-state-asked_for = Pedida
webex-state-asked_back = Sendo retirada
webex-state-declined = Sem conta
webex-state-granted = Concedida
webex-state-out_of_licences = Sem licenças disponíveis
webex-state-missing = Incompleta
webex-state-kept = Retirada em parte
webex-state-taken_back = Retirada
webex-state-failed = Não deu certo

webex-do-undecided = Ninguém decidiu ainda. Escolha acima e salve.
webex-do-asked_for = O Webex ainda não respondeu. Esta página mostra assim que responder.
webex-do-asked_back = O que recebeu daqui está sendo retirado.
webex-do-declined = Nenhuma foi pedida. Para pedir, escolha acima e salve.
webex-do-granted = Tem tudo o que foi pedido e pode iniciar visitas no Webex.
webex-do-out_of_licences = Compre mais no Control Hub ou retire uma de outra pessoa. O pedido se repete a cada 15 minutos.
webex-do-missing = O Webex não deu tudo e não diz por quê. Verifique a pessoa no Control Hub.
webex-do-kept = O Webex manteve algo que devia ser retirado. Retire no Control Hub.
webex-do-taken_back = Não tem mais nada que venha daqui.

webex-people-signed_out = O Webex não aceita este hospital. Renove o token do aplicativo de serviço. Continuamos tentando.
webex-people-forbidden = O aplicativo não tem permissão para pessoas e licenças. Dê essa permissão no Control Hub. Continuamos tentando.
webex-people-no_host = O Webex não encontra quem abra as reuniões. Verifique o site no Control Hub.
webex-people-not_found = O Webex ainda não encontra a pessoa. Continuamos tentando.
webex-people-conflict = Outra organização do Webex tem esse e-mail, ou alguém o está mudando. Verifique no Control Hub.
webex-people-refused = O Webex não aceita. Verifique o nome, o e-mail e o domínio no Control Hub.
webex-people-busy = O Webex recebe pedidos demais. Continuamos tentando.
webex-people-quota = O Webex não permite mais por hoje. Continuamos tentando.
webex-people-down = O Webex não responde. Continuamos tentando.
webex-people-lost = A resposta do Webex se perdeu. Verificamos antes de repetir.
webex-people-unreadable = A resposta do Webex não pode ser lida. Continuamos tentando.
webex-people-not_set_up = O Webex não está configurado aqui.

webex-choices-title = Webex: novas pessoas e avisos
webex-choices-saved = As configurações do Webex estão salvas.
webex-choices-meanwhile = Outra pessoa mudou estas configurações. Verifique e salve de novo.
webex-usual = O que recebe quem chega
webex-usual-how = Já vem escolhido ao adicionar um médico ou equipe de enfermaria. Pode ser mudado em cada pessoa.
webex-tells = Avisos do bot
webex-tells-how = O bot escreve à sala configurada e a cada médico. Nunca cita pacientes.
webex-tells-no-bot = Ainda não há bot: falta o token na configuração.
webex-tells-waiting = Quem espera
webex-tells-waiting-how = Quantas pessoas esperam e há quantos minutos.
webex-tells-messages = Mensagens que não chegaram
webex-tells-messages-how = Quantas não foram entregues.
webex-tells-trouble = Problemas do Webex
webex-tells-trouble-how = Reuniões ou contas que o Webex não fez.

webex-compare-title = Comparar com o Webex
webex-compare-how = Mostra onde o Antesala e o Webex diferem. Nada muda sem que você escolha.
webex-compare-imported = O arquivo não pede contas do Webex. Compare com o Webex e crie as que faltam.
webex-compare-begin = Comparar
webex-compare-again = Comparar de novo
webex-compare-never = Ainda não houve comparação.
webex-compare-asked = Pedida por { $name }: { $time }
webex-compare-reading = Lendo o Webex: { $people } pessoas até agora.
webex-compare-done = Foram lidas { $people } pessoas do Webex.
webex-compare-equal = Os dois lados são iguais.
webex-compare-undecided = { $count ->
    [one] 1 diferença para decidir
   *[other] { $count } diferenças para decidir
}
webex-fate-open = Para decidir
webex-fate-asked = Pedida
webex-fate-done = Feita
webex-fate-failed = Não deu certo
webex-fate-left = Fica assim
webex-difference-missing_there = Trabalha aqui e não está no Webex.
webex-difference-still_active = Aqui não tem acesso e no Webex continua ativa.
webex-difference-licences = Suas licenças no Webex não são as escolhidas aqui.
webex-difference-address = No Webex o e-mail é outro. Assim não pode iniciar visitas.
webex-difference-name = No Webex o nome é outro.
webex-difference-unknown_here = Tem no Webex uma licença das que este hospital dá. Aqui ninguém a conhece.
webex-difference-here = Aqui
webex-difference-there = No Webex
webex-difference-lacks = Falta
webex-difference-besides = Tem a mais
webex-equal-missing_there = Criar no Webex
webex-equal-still_active = Fechar no Webex
webex-equal-licences = Deixar as escolhidas aqui
webex-equal-address = Usar no Webex o e-mail daqui
webex-equal-name = Usar no Webex o nome daqui
webex-equal-unknown_here = Retirar as licenças
webex-leave = Deixar assim
webex-difference-asked = O pedido foi feito ao Webex. O resultado aparece na sua linha.
webex-difference-left = Fica como está.
webex-difference-gone = Já há outra comparação. Escolha na lista nova.
webex-difference-changed = A pessoa mudou desde a comparação. Compare de novo.

webex-notice-open = Abrir o painel
webex-notice-waiting = { $count ->
    [one] 1 pessoa espera há { $minutes } min.
   *[other] { $count } pessoas esperam. A primeira, há { $minutes } min.
}
webex-notice-messages = { $count ->
    [one] 1 mensagem não chegou. Veja o painel.
   *[other] { $count } mensagens não chegaram. Veja o painel.
}
webex-notice-trouble = { $count ->
    [one] O Webex não fez 1 coisa que foi pedida. Avise quem administra.
   *[other] O Webex não fez { $count } coisas que foram pedidas. Avise quem administra.
}
