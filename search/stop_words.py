"""Words that ask or join and never tell one item from another, by language, folded.

With them a question in plain words finds what its other words say, and they tell which language it is in.
"""

from search.languages import fold

ENGLISH = """a about all an and any anyone anything are as at be been being best between by can could did do
does doing done for from give had has have having help how i if in into is it its know like looking made
make makes many may me more most much my need of on one or other our out please say says should show so some
somebody someone something such tell than that the their them then there these they this those to up us use
used using want was way ways we were what when where whether which who whom whose why will with without
would you your after before during example examples"""
GERMAN = """aber als am an andere auch auf aus bei beim bis damit dann das dass dem den denn der des die
dies diese dieser dieses du durch ein eine einem einen einer eines er es etwas fur gab geben gibt haben hat
ich ihr im in ist ja kann kein keine konnen konnte man mehr mit nach nicht noch nur ob oder ohne sein seine
sich sie sind so uber um und unter vom von vor wann war waren warum was welche welchem welchen welcher
welches wenn wer werden wie wieder wir wird wo wurde wurden zu zum zur zwischen machen macht gemacht
beispiel beispiele"""
FRENCH = """a afin apres au aucun aussi autre autres aux avant avec bien c car ce cela ces cet cette ceux
chez comment d dans de des dont du elle elles en entre est et etait etre eux existe faire fait faut il ils j
je l la le les leur leurs lui m mais meme mes mon n ne nos notre nous on ont ou oui par pas peut peuvent
plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sous sur t
te tous tout toute toutes tres un une vers vos votre vous y exemple exemples"""
SPANISH = """a al algo algun alguna antes ante como con contra cual cuales cuando de del desde despues donde
durante el ella ellos en entre era es esa ese eso esta estan estas este esto estos fue ha hace hacer han
hasta hay la las le les lo los mas me mi muy nada ni no nos nuestro o otra otras otro otros para pero por
porque puede pueden que quien quienes se sea ser si sin sobre son su sus tambien tan te tiene tienen todo
todos tras tu un una unas uno unos y ya ejemplo ejemplos"""
PORTUGUESE = """a ao aos apos as ate com como da das de depois do dos e ela ele eles em entre era essa esse
esta estao este fazer feito foi foram ha isso isto ja la lhe mais mas me mesmo muito na nao nas nem no nos
nossa nosso num numa o onde os ou outra outro para pela pelas pelo pelos por porque pode podem qual quais
quando que quem se sem ser seu seus sobre sua suas tambem tem um uma umas uns exemplo exemplos"""
ITALIAN = """a ad agli ai al alla alle allo anche avere c che chi ci come con cosa cui d da dagli dai dal
dalla dalle de degli dei del dell della delle dello di do dopo dove e ed era essere fare fatto fra gli ha
hanno i il in io l la le li lo loro ma mi nei nel nella nelle nello no noi non o ogni per perche piu possono
prima puo qual quale quali quando quanto quella quelli quello questa queste questi questo se senza si sia
sono su sua sue sui sul sulla sulle suo tra tutti tutto un una uno vi esempio esempi"""
POLISH = """a aby albo ale bez bo by byc byl byla byly co czego czy dla do gdy gdzie go i ich ile inne iz ja
jak jaka jaki jakie jako je jego jej jest jestesmy juz kiedy kto ktora ktore ktory ktorych ma maja mi mnie
moga moze mozna na nad nas nasz nie niz o od oraz po pod podczas poza przed przez przy robic sa sie skad
sobie ta tak taki tam te tego tej ten to tu tych tylko u w we wiecej wszystko z za ze zrobic przyklad
przyklady"""
SWEDISH = """alla allt att av bara blev bli blir de dem den denna deras dess det detta dig din du dar efter
ej eller en ett fran for fore gor gora ha hade han har hos hur i icke in inga ingen inte jag ju kan kunde
man med mellan men mer mig min mot mycket nar nagon nagot nagra ni nu och om oss pa sa samma sedan sig sin
sina skall ska som till ut under upp ur utan vad var vara varfor varit vem vi vid vilka vilken vilket vill
at ar over exempel"""
FINNISH = """ei eika ella emme en enemman ennen etta ettei han he heidan hyvin ilman itse ja jo joka jos
jossa joten jotka joita jotta kaikki kanssa kautta keita kenen ketka kuin kuinka kuka kun kuten me mika
mikali miksi milla millainen millaisia millainen minka minkalainen minkalaisia mista miten mita missa mutta
muu muut myos ne niiden niita niin noin nyt olla oli olivat ole olemme on onko ovat paljon se sen sita siita
silla tai tama tata te tehda tehdaan tehty tuo tulee vai vain voi voidaan voiko voivat esimerkki
esimerkkeja"""
DANISH = """af alle at blev blive bliver da de dem den denne der deres det dette din dog du efter eller en
end er et for fra fordi gor gore ha har have havde han hans her hos hun hvad hvem hver hvilke hvilken
hvilket hvis hvor hvordan hvorfor hvornar i ikke ind ingen jeg jer kan kunne man mange med meget mellem men
mere mig min mod nar noget nogle nu og ogsa om op os over pa sa sig sin skal skulle som til ud under uden
var ved vi vil ville vaere bruges eksempel eksempler"""
NORWEGIAN = """av alle at ble blir da de dem den denne der deres det dette du eller en enn er et etter for
fra fordi gjor gjore gjort ha har hadde han her hos hun hva hvem hver hvilke hvilken hvilket hvis hvor
hvordan hvorfor nar i ikke inn ingen jeg kan kunne man mange med meget mellom men mer meg min mot noe noen
na og ogsa om opp oss over pa sa seg sin skal skulle som til ut under uten var ved vi vil ville vaere bli
brukes eksempel eksempler"""
DUTCH = """aan al alle als altijd andere bij dan dat de deze die dit doe doen door dus een eens en er gaan
gedaan geen gemaakt had hadden hebben heb heeft het hier hij hoe hoeveel hun ik in is ja je kan kun kunnen
maar maken me meer men met mij na naar niet nog nu of om omdat ons onze ook op over te tegen toe tot tussen
u uit van veel voor waar waarom wanneer want was wat we welk welke werd wie wij word wordt worden zal ze
zich zij zijn zo zonder zou voorbeeld voorbeelden"""
CZECH = """a aby ale ani az bez by byl byla bylo byly byt ci co do ho i jak jake jaka jaky jako je jeho
jejich jen jeste ji jsem jsou k kam kde kdo kdy kdyz ke ktera ktere ktery kterych lze ma maji mezi mit mohou
moci muze muzeme na nad nam nas ne nebo neni nez o od on pak po pod podle pokud pred pri pro proc s se si so
sve ta tak take ten tento tim to toho tom u uz v ve vice vsak z za ze udelat priklad priklady"""
SLOVAK = """a aby aj ako ake aka aky ale alebo ani az bez bol bola bolo boli by byt ci co do ho i ich ja je
jeho jej k kam kde kedy ked ktora ktore ktory ktorych kto lebo ma maju medzi mat moze mozno mozu na nad nam
nas nie o od on oni pod podla pre preco pred pri s sa si so su ta tak tam ten tento to toho tu u uz v viac
vo z za zo ze urobit priklad priklady"""
SLOVENIAN = """ali bi bil bila bilo bo brez da do en ga iz in iz je jih jo k kaj kaksna kaksne kako kateri
katere katera kdo kdaj ker ki kje ko kot lahko med mi na nad naj ne ni o ob od pa po pod pred pri s se si
skozi so sta ta tako te ter ti to tudi v ve vec za z ze zakaj"""
CROATIAN = """a ali bez bi bio bila bilo biti bude da do ga i ih ili iz ja je jedan jer jesu joj k kada kako
kakve kao koja koje koji kod kroz li ma medu mi moze mogu mozemo na nad ne nego ni nije o od oko on ona oni
pa po pod pred pri prije s sa sam samo se si smo sto su sve svi ta taj tako te ti to u uz vec vise za zasto
gdje tko"""
ROMANIAN = """a al ale am ar are as au ca care catre ce cele cel cea cei cu cum cand cat cine da daca dar de
deci despre din dintre dupa e ea ei el ele era este eu fara fi fie fost in intre i isi la le li lor lui mai
mi multe ne nici niste noi nostri nu o ori pe pentru poate pot prin sa sau se si sa spre sub sunt te toate
tot toti un una unde unei unor unui va vor exemplu exemple"""
HUNGARIAN = """a ahol aki alatt altal ami amely amelyek az azok azt be bol csak de e egy egyes el ennek es
et ez ezek ezt fel ha hanem hogy hogyan hol igen is itt ki kell kozott lehet lenne lesz meg melyek melyik
mert mi mibol miert mikor milyen mint mit mar most nagy ne nem nincs oda on ot pedig s sem szerint szamara
tobb ugy utan vagy van vannak volt voltak peldak pelda"""
GREEK = """αλλα αν απο αυτα αυτη αυτο αυτος αυτου αυτων για γιατι δε δεν εαν ειναι εκει ενα εναν ενας ενος
εχει εχουν η ηταν θα και κατα κι μας με μετα μεταξυ μη μια μιας μπορει μπορουμε μπορουν να ο οι ομως οπως
οσο οταν οτι ου πιο ποια ποιες ποιο ποιοι ποιος ποτε που προς πριν πως σας σε στα στη στην στης στις στο
στον στους συν τα τη την της τι τις το τον του τους των ως υπαρχει υπαρχουν γινει χωρις παραδειγματα
παραδειγμα"""
BULGARIAN = """а аз ако ала без беше би бил била било бъде бяха в ви вие все всички въз г го да дали до
докато други друг е един една едно ето за защо и из или им има имат как каква какви какво какъв като кога
кога което които кой коя към къде ли между ми много може могат му на над не него нещо ни ние но о от пак по
под при през преди с са се си след сме със също така такъв там те тези това този той тя у че ще я направи
прави пример примери"""
ESTONIAN = """aga ega ei ehk en enne et ja ju juba ka kas keda kes kui kuhu kuid kuidas kus kust kõik ma me
mida mille millest milline millised millal miks mis mitte mu nad need ning nii nüüd oli oma on pole saab see
seda selle siin siis ta te teha tema tuleb või välja"""
LATVIAN = """ar arī bet bez bija būt caur cik da gan ir ja jau jo ka kad kas kā kādi kādas kāda kāpēc kur
kurš ko lai līdz man mēs ne nav no par pa pēc pie pret savu šis šī tad tas to tiek un uz vai var viņi es vēl
zem"""
LITHUANIAN = """ar arba apie be bet bus buvo būti dar dėl gali galima iki ir iš ji jie jis jo jos jų ką kad
kai kaip kas kodėl kur kuri kurie kuris kokie kokia koks mes ne nei nes nuo o pagal pas per po prie prieš su
tai taip tas to tuo už yra į"""
IRISH = """a ag agus an ar as bhfuil bhi cad ca ce cen chun conas cuid de den do fad faoi go gur i in is le
leis mar na ni no nó o os sa san se seo si sin sna tá ta trí"""
MALTESE = """biex bħal fejn fi fil fl għal huma huwa il ilha ir is it ix jew jista kif li lil liema ma minn
mill mal mill ta tal tat taż u x xi"""

STOP_WORDS = {
    language: frozenset(fold(words).split())
    for language, words in {
        "en": ENGLISH,
        "de": GERMAN,
        "fr": FRENCH,
        "es": SPANISH,
        "pt": PORTUGUESE,
        "it": ITALIAN,
        "pl": POLISH,
        "sv": SWEDISH,
        "fi": FINNISH,
        "da": DANISH,
        "no": NORWEGIAN,
        "nl": DUTCH,
        "cs": CZECH,
        "sk": SLOVAK,
        "sl": SLOVENIAN,
        "hr": CROATIAN,
        "ro": ROMANIAN,
        "hu": HUNGARIAN,
        "el": GREEK,
        "bg": BULGARIAN,
        "et": ESTONIAN,
        "lv": LATVIAN,
        "lt": LITHUANIAN,
        "ga": IRISH,
        "mt": MALTESE,
    }.items()
}
ANY_LANGUAGE = frozenset().union(*STOP_WORDS.values())
