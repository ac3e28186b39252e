//! What page builders and blog engines write around an essay, as lower-case words.
//!
//! One language after another, phrases parted by bars. The lists hold what the engines themselves say in
//! that language: their buttons, headings and notices.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Where a phrase that is all of a line is furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Wherever it stands alone.
    Anywhere,
    /// Likewise, where it is no heading: the word may be an essay's subject.
    Interruption,
    /// Near the top or the bottom, where pages keep their buttons.
    Edges,
    /// Likewise, and what follows at the bottom is a list of other pages.
    Section,
}

/// Longest phrase in bytes; no longer line needs to be looked up.
const LONGEST: usize = 130;

const ANYWHERE: &[&str] = &[
    // English
    "top of page|bottom of page|back to top|return to top|scroll to top|go to top|skip to content|skip to main \
     content|skip to navigation|jump to content|leave a comment|leave a reply|post a comment|add a comment|write \
     a comment|write a response|leave a comment cancel reply|leave a reply cancel reply|cancel reply|reply to this \
     post|view all comments|show comments|hide comments|load comments|view comments|load more comments|share this \
     post|share this article|share this story|share this entry|share this page|share this essay|share post|click \
     to share|tweet this|pin it|copy link|copy link to clipboard|email this|blogthis|email thisblogthisshare to \
     xshare to facebookshare to pinterest|email this blogthis share to twitter share to facebook share to \
     pinterest|sign up for our newsletter|subscribe to our newsletter|subscribe to the newsletter|join our \
     newsletter|join our mailing list|subscribe now|subscribe for free|type your email|enter your email|enter your \
     email address|no comments|no comments yet|be the first to comment|comments are closed|comments are off for \
     this post|accept all cookies|accept cookies|accept all|reject all|manage cookies|manage preferences|cookie \
     settings|cookie preferences|open in app|member only story|get unlimited \
     access|press enter or click to view image in full size|listen to this article|get the app|like loading|share \
     this with your friends|post navigation|proudly powered by wordpress|powered by wordpress|powered by \
     squarespace|powered by ghost|published with ghost|powered by blogger|powered by substack|powered by medium|blog \
     at wordpress com|create a free website or blog at wordpress com|post not marked as liked|report this \
     article|report this post|report abuse|give a gift subscription|refer a friend|start your substack|get the \
     substack app|this post is for paid subscribers|this post is for paying subscribers only|this post is for \
     subscribers only|already a paid subscriber sign in|already have an account sign in|continue reading this post \
     for free|discussion about this post|comments restacks|your email address will not be published|your email \
     address will not be published required fields are marked|required fields are marked|save my name email and \
     website in this browser for the next time i comment|notify me of new posts by email|notify me of new posts \
     via email|notify me of follow up comments by email|notify me of new comments via email|bookmark the \
     permalink|subscribe to post comments atom|newer post older post home|newer posts older posts home|to view or \
     add a comment sign in|like comment share|like comment|print friendly pdf email|print this \
     page|youve successfully subscribed|sign up for more like this|ready for more|join the conversation on \
     twitter|thanks for subscribing",
    // German
    "zum inhalt springen|zum hauptinhalt springen|nach oben|zurück nach oben|seitenanfang|kommentar \
     schreiben|kommentar hinterlassen|hinterlasse einen kommentar|schreibe einen kommentar|einen kommentar \
     schreiben|kommentar verfassen|antwort abbrechen|keine kommentare|noch keine kommentare|kommentare sind \
     geschlossen|beitrag teilen|artikel teilen|diesen beitrag teilen|diesen artikel teilen|teilen mit|newsletter \
     abonnieren|newsletter anmelden|zum newsletter anmelden|jetzt abonnieren|jetzt anmelden|alle \
     cookies akzeptieren|alle akzeptieren|alle ablehnen|cookie einstellungen|gefällt mir wird \
     geladen|beitragsnavigation|deine e mail adresse wird nicht veröffentlicht|ihre e mail adresse wird nicht \
     veröffentlicht|deine e mail adresse wird nicht veröffentlicht erforderliche felder sind mit markiert|mit \
     stolz präsentiert von wordpress|seite drucken|artikel drucken|link kopieren",
    // French
    "aller au contenu|aller au contenu principal|haut de page|retour en haut|retour en haut de page|laisser un \
     commentaire|laissez un commentaire|ajouter un commentaire|poster un commentaire|enregistrer un \
     commentaire|publier un commentaire|écrire un commentaire|annuler la réponse|aucun commentaire|pas de \
     commentaire|les commentaires sont fermés|partager cet article|partager larticle|partagez cet \
     article|partager cette page|abonnez vous à notre newsletter|sabonner à la newsletter|inscrivez vous à notre \
     newsletter|sinscrire à la newsletter|accepter tous les cookies|tout accepter|tout refuser|gérer les \
     cookies|paramètres des cookies|chargement|navigation de larticle|navigation des \
     articles|votre adresse e mail ne sera pas publiée|votre adresse e mail ne sera pas publiée les champs \
     obligatoires sont indiqués avec|fièrement propulsé par wordpress|imprimer cet article|copier le lien",
    // Spanish
    "saltar al contenido|ir al contenido|ir al contenido principal|volver arriba|subir|deja un comentario|dejar un \
     comentario|deja una respuesta|publicar un comentario|añadir un comentario|escribe un comentario|cancelar la \
     respuesta|cancelar respuesta|no hay comentarios|sin comentarios|los comentarios están cerrados|comentarios \
     cerrados|comparte esto|compartir este artículo|comparte este artículo|compartir esta entrada|suscríbete a \
     nuestro boletín|suscríbete a nuestra newsletter|suscríbete al boletín|aceptar todas las cookies|aceptar \
     todo|aceptar todas|rechazar todo|rechazar todas|configurar cookies|configuración de cookies|me \
     gusta cargando|navegación de entradas|tu dirección de correo electrónico no será publicada|tu dirección de \
     correo electrónico no será publicada los campos obligatorios están marcados con|funciona gracias a \
     wordpress|copiar enlace",
    // Polish
    "przejdź do treści|przejdź do głównej treści|do góry|powrót do góry|wróć na górę|dodaj komentarz|zostaw \
     komentarz|napisz komentarz|prześlij komentarz|skomentuj|anuluj pisanie odpowiedzi|brak komentarzy|możliwość \
     komentowania została wyłączona|komentarze są wyłączone|udostępnij ten wpis|udostępnij wpis|udostępnij \
     artykuł|podziel się wpisem|zapisz się do newslettera|zapisz się na newsletter|subskrybuj newsletter|akceptuję \
     wszystkie|zaakceptuj wszystkie|akceptuj wszystkie|odrzuć wszystkie|ustawienia plików cookie|ustawienia \
     cookies|nawigacja wpisu|twój adres e mail nie zostanie opublikowany|twój adres e mail nie zostanie \
     opublikowany wymagane pola są oznaczone|dumnie wspierane przez wordpressa|kopiuj link",
    // Portuguese
    "pular para o conteúdo|ir para o conteúdo|saltar para o conteúdo|voltar ao topo|topo da página|deixe um \
     comentário|deixe uma resposta|deixar um comentário|adicionar um comentário|postar um comentário|enviar um \
     comentário|escreva um comentário|cancelar resposta|nenhum comentário|sem comentários|os comentários estão \
     fechados|comentários encerrados|compartilhe isso|compartilhe este artigo|compartilhar este post|partilhar \
     este artigo|assine nossa newsletter|assine a newsletter|inscreva se na nossa newsletter|aceitar todos os \
     cookies|aceitar todos|aceitar tudo|rejeitar todos|configurações de cookies|definições de \
     cookies|curtir carregando|navegação de post|o seu endereço de e mail não será publicado|o seu \
     endereço de e mail não será publicado campos obrigatórios são marcados com|orgulhosamente mantido com \
     wordpress|copiar link",
    // Italian
    "vai al contenuto|salta al contenuto|passa al contenuto principale|torna su|torna in alto|lascia un \
     commento|scrivi un commento|aggiungi un commento|posta un commento|invia un commento|annulla risposta|nessun \
     commento|i commenti sono chiusi|commenti disabilitati|condividi questo articolo|condividi questo \
     post|condividi larticolo|condividi su|iscriviti alla newsletter|iscriviti alla nostra newsletter|accetta tutti \
     i cookie|accetta tutti|accetta tutto|rifiuta tutti|rifiuta tutto|impostazioni cookie|gestisci \
     cookie|mi piace caricamento|navigazione articoli|navigazione articolo|il tuo indirizzo email non \
     sarà pubblicato|il tuo indirizzo email non sarà pubblicato i campi obbligatori sono contrassegnati|copia link",
    // Dutch
    "naar de inhoud springen|ga naar inhoud|ga naar de inhoud|spring naar inhoud|terug naar boven|naar boven|laat \
     een reactie achter|geef een reactie|plaats een reactie|reactie plaatsen|een reactie plaatsen|schrijf een \
     reactie|reactie annuleren|geen reacties|nog geen reacties|reacties zijn gesloten|deel dit artikel|deel dit \
     bericht|deel deze pagina|dit delen|schrijf je in voor de nieuwsbrief|schrijf je in voor onze \
     nieuwsbrief|aanmelden voor de nieuwsbrief|alle cookies accepteren|alles accepteren|alles weigeren|cookie \
     instellingen|cookie voorkeuren|vind ik leuk laden|berichtnavigatie|je e mailadres wordt niet \
     gepubliceerd|je e mailadres wordt niet gepubliceerd vereiste velden zijn gemarkeerd met|link kopiëren",
];

const EDGES: &[&str] = &[
    "comments|comment|share|shares|share this|tweet|print|email|e mail|log in|login|sign up|sign in|log in sign \
     up|login sign up|sign up sign in|get started|write|subscribe|subscribed|unsubscribe|search|menu|main \
     menu|close menu|navigation|home|home page|blog|reply|replies|read more|see more|show more|load more|learn \
     more|continue reading|follow|following|follow us|follow me|listen|save|bookmark|clap|like|likes|like this|see \
     all|all posts|back to blog|back to all posts|back to home|previous|next|previous next|previous post|next \
     post|older posts|newer posts|older post|newer post|previous article|next article|older|newer|loading|no \
     posts|start writing|download|contact|contact us|about us|privacy policy|cookie policy|terms of service|terms \
     of use|privacy terms|terms privacy|got it|ok got it|i agree|accept|decline|dismiss|close|uncategorized|report \
     this|top latest discussions|top new community|help status about careers press blog privacy rules terms text to \
     speech|help status about careers press blog privacy terms text to speech teams|all rights reserved|toggle \
     navigation|toggle dark mode|switch to dark mode|rss|rss feed|view profile|see profile|comments rss",
    "kommentare|kommentar|teilen|drucken|anmelden|einloggen|abonnieren|suche|suchen|menü|startseite|antworten|\
     weiterlesen|mehr lesen|mehr erfahren|folgen|folge uns|vorheriger beitrag|nächster beitrag|ältere \
     beiträge|neuere beiträge|zurück zur übersicht|impressum|datenschutz|datenschutzerklärung|impressum \
     datenschutz|allgemein|gefällt mir|akzeptieren|ablehnen|zustimmen|alle rechte vorbehalten",
    "commentaires|commentaire|partager|partager ceci|imprimer|se connecter|connexion|sinscrire|sabonner|\
     recherche|rechercher|accueil|répondre|lire la suite|lire plus|en savoir plus|suivre|suivez nous|article \
     précédent|article suivant|articles plus anciens|articles plus récents|mentions légales|politique de \
     confidentialité|non classé|jaime|accepter|refuser|tous droits réservés|retour à laccueil",
    "comentarios|comentario|compartir|imprimir|iniciar sesión|registrarse|suscribirse|suscríbete|buscar|menú|\
     inicio|responder|leer más|seguir leyendo|seguir|síguenos|entrada anterior|entrada siguiente|siguiente \
     entrada|entradas antiguas|entradas recientes|entrada más reciente|entrada antigua|aviso legal|política de \
     privacidad|política de cookies|sin categoría|me gusta|aceptar|rechazar|todos los derechos reservados",
    "komentarze|komentarz|udostępnij|drukuj|zaloguj się|zaloguj|zarejestruj się|subskrybuj|szukaj|strona \
     główna|odpowiedz|czytaj więcej|czytaj dalej|więcej|obserwuj|obserwuj nas|poprzedni wpis|następny wpis|starsze \
     wpisy|nowsze wpisy|nowszy post|starszy post|polityka prywatności|bez kategorii|lubię to|akceptuję|\
     zgadzam się|wszelkie prawa zastrzeżone",
    "comentários|comentário|compartilhar|partilhar|entrar|cadastre se|assinar|inscreva se|pesquisar|início|\
     página inicial|leia mais|ler mais|continue lendo|saiba mais|siga nos|post anterior|próximo post|postagem mais \
     recente|postagem mais antiga|política de privacidade|sem categoria|curtir|gosto|aceitar|rejeitar|todos os \
     direitos reservados",
    "commenti|commento|condividi|stampa|accedi|registrati|iscriviti|cerca|rispondi|leggi di \
     più|leggi tutto|continua a leggere|scopri di più|segui|seguici|articolo precedente|articolo successivo|post più \
     recente|post più vecchio|informativa sulla privacy|privacy|senza categoria|mi piace|accetta|rifiuta|tutti i \
     diritti riservati",
    "reacties|reactie|delen|afdrukken|inloggen|aanmelden|abonneren|zoeken|beantwoorden|lees \
     meer|lees verder|meer lezen|volgen|volg ons|vorig bericht|volgend bericht|oudere berichten|nieuwere \
     berichten|privacybeleid|privacyverklaring|geen categorie|vind ik leuk|accepteren|weigeren|alle rechten \
     voorbehouden",
];

const SECTIONS: &[&str] = &[
    "related posts|related articles|related stories|related|related content|you might also like|you may also \
     like|you might also enjoy|recent posts|popular posts|latest posts|more posts|more articles|recommended from \
     medium|recommended reading from the blog|recommended for you|more from medium|more like this|read next|up \
     next|trending|trending now|most popular|more articles by this author|others also viewed|explore topics|insights \
     from the community|keep reading|related reading on this blog",
    "ähnliche beiträge|verwandte beiträge|verwandte artikel|das könnte dich auch interessieren|das könnte sie auch \
     interessieren|neueste beiträge|letzte beiträge|weitere beiträge|weitere artikel",
    "articles similaires|articles liés|sur le même thème|vous aimerez aussi|articles récents|à lire aussi",
    "entradas relacionadas|artículos relacionados|también te puede interesar|te puede interesar|entradas recientes",
    "powiązane wpisy|podobne wpisy|podobne artykuły|powiązane artykuły|zobacz także|ostatnie wpisy",
    "posts relacionados|artigos relacionados|você também pode gostar|posts recentes|artigos recentes",
    "articoli correlati|post correlati|potrebbe interessarti anche|potrebbe interessarti|articoli recenti",
    "gerelateerde berichten|gerelateerde artikelen|misschien vind je dit ook leuk|recente berichten",
];

const INTERRUPTIONS: &[&str] = &[
    "advertisement|advertisements|sponsored|sponsored content|article continues below|story continues below \
     advertisement|anzeige|werbung|publicité|publicidad|reklama|publicidade|pubblicità|advertentie",
];

static PHRASES: LazyLock<HashMap<&'static str, Reach>> = LazyLock::new(|| {
    let lists = [
        (EDGES, Reach::Edges),
        (SECTIONS, Reach::Section),
        (INTERRUPTIONS, Reach::Interruption),
        (ANYWHERE, Reach::Anywhere),
    ];
    let phrases = lists.into_iter().flat_map(|(languages, reach)| {
        languages.iter().flat_map(|list| list.split('|')).map(move |phrase| (phrase, reach))
    });
    phrases.collect()
});

/// Where a line of these words is furniture, if it is.
pub fn find(words: &str) -> Option<Reach> {
    if words.len() > LONGEST { None } else { PHRASES.get(words).copied() }
}
