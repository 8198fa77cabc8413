//! Words that tell what a capitalised word is: closed classes, and the commonest of open ones, in the languages that
//! archives are mostly in. What is not listed is judged by how the document itself uses it.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::hash::Fast;

fn set(words: &'static str) -> HashSet<&'static str, Fast> {
    words.split_whitespace().collect()
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $words:expr;)*) => {
        $($(#[$doc])* pub fn $name(folded: &str) -> bool {
            static WORDS: LazyLock<HashSet<&'static str, Fast>> = LazyLock::new(|| set($words));
            WORDS.contains(folded)
        })*
    };
}

lists! {
    /// Never part of a name at its beginning: articles, pronouns, prepositions, conjunctions, adverbs that open a
    /// sentence.
    function = "a about above according across actually add after afterwards again against albeit all almost along \
        already also although always am among amongst an and another any anyone anything apart are around as aside at \
        away back be because been before behind being below beneath beside besides better between beyond both but by \
        can cannot certainly clearly come compare consequently consider considering could currently dear despite did do \
        does doing done down due during each earlier early either else elsewhere enough especially even eventually ever \
        every everyone everything evidently except far few finally first firstly following for former fortunately from \
        further furthermore generally get given go good had hardly has have having he hello hence her here hers \
        herself him himself his how however i if imagine in including indeed initially instead into is it its itself \
        just last lastly later latter least less lest let lets like likewise look many may maybe me meanwhile might mine \
        more moreover most mostly much must my myself namely naturally near nearly neither never nevertheless next \
        no nobody none nonetheless nor not note nothing notwithstanding now nowhere obviously occasionally of off often \
        oh ok okay old on once one only onto or originally other others otherwise our ours out over overall own part \
        particularly per perhaps please possibly presumably previously probably put quite quoted rather read really \
        recall recently regarding related remember respectively same say secondly see seldom several shall she should \
        similarly since so some somebody someone something sometimes somewhat soon still strangely such suddenly sure \
        surely take tell than thank thanks that the their theirs them themselves then there thereafter thereby \
        therefore these they thing things think third thirdly this those though three through throughout thus till to \
        today together too toward towards try two typically ultimately under undoubtedly unfortunately unless unlike \
        until up upon us using usually various very via was we well were what whatever when whence whenever where \
        whereas wherefore wherever whether which whichever while who whoever whole whom whose why will with within without \
        would yeah yes yesterday yet you your yours yourself quote emphasis \
        adieu ah alas ha hey hush lo pshaw tush ugh wait woe wow \
        der die das den dem des ein eine einer eines einem einen und oder aber denn doch als wie wenn weil dass daß ob \
        ich du er sie es wir ihr mein dein sein unser euer nicht kein keine auch nur noch schon so sehr mehr viel alle \
        alles man mit von zu zum zur bei nach aus auf für über unter vor hinter neben zwischen durch gegen ohne um bis \
        seit während wegen trotz im in am an ins beim hier da dort dann nun jetzt heute immer wieder dieser diese dieses \
        diesem diesen jener jene jenes jeder jede jedes welche welcher welches was wer wo warum \
        le la les un une des du de et ou mais donc or ni car que qui quoi dont où ce cet cette ces mon ton son notre \
        votre leur leurs je tu il elle on nous vous ils elles ne pas plus moins très tout tous toute toutes avec sans \
        pour par sur sous dans en vers chez entre depuis pendant avant après comme si quand lorsque ainsi alors aussi \
        el los las unos unas y o pero porque del al con sin por para sobre desde hasta cuando donde como este esta \
        estos estas ese esa eso su sus mi tu no ni muy más también ya se lo \
        il lo gli i una uno e ed ma perché che chi cui nel nella nei nelle sul sulla dal dalla con senza per tra fra \
        questo questa quello quella non più anche come quando dove \
        het een en maar want dat die dit deze niet ook nog wel met van voor naar uit bij tot om \
        и в во не на я он она оно они мы вы ты что как то это этот эта эти но а да или если когда где за по из у от до \
        для при о об под над же бы был была было были есть нет так там тут здесь его ее их кто который которая которые \
        весь все всё того также ещё еще уже только может после перед \
        και ο η το οι τα του της των τον την στο στη στην στον με σε από για δεν θα να που είναι αλλά ή αν";
    /// Written small, it makes a clause of the words around it: verbs, pronouns and adverbs that a title has with a
    /// capital.
    predicate = "was were am did does had has have can could cannot will would shall should may might must i me him us \
        we he she they you thee thou actually because really just there here very";
    /// A title that begins so may be a clause.
    interrogative = "how what why who where when which whose";
    /// Stands before a name and is no part of it.
    honorific = "mr mrs ms miss mx dr prof professor sir madam madame mme mlle monsieur m st saint comrade earl prior abbot knight president \
        chairman chairwoman chairperson premier chancellor general gen colonel col major captain capt lieutenant lt \
        sergeant marshal admiral king queen emperor empress tsar czar prince princess duke duchess count countess baron \
        baroness lord lady pope bishop archbishop cardinal father fr reverend rev rabbi imam sheikh senator sen \
        congressman congresswoman representative governor gov mayor minister secretary ambassador judge justice \
        director inspector officer uncle aunt brother sister don doña señor señora herr frau fräulein graf freiherr \
        kaiser könig königin papst bischof doktor genosse genossin camarade citoyen abbé père товарищ господин госпожа \
        царь генерал профессор κύριος κυρία";
    /// Roles that may stand before a name in several words.
    role = "general secretary first deputy prime foreign vice former commander chief party leader historian author \
        philosopher economist journalist";
    /// Joins the parts of a person's name, in small letters.
    particle = "von van der den de del della di da du la le las los do dos das bin ibn ben al el af av zu zum zur ten \
        ter te y ó ní";
    /// An organisation by its kind.
    organisation = "party parties union unions committee commission council congress university college school \
        institute institution society association academy federation confederation league ministry department bureau \
        office agency army navy corps brigade regiment police guard front international internationale alliance \
        movement organization organisation company corporation inc ltd press publishers publishing books foundation \
        fund bank church court parliament senate assembly government bloc collective group network club library \
        museum archive archives trust center centre project partei verein verband bund \
        gesellschaft universität institut ministerium verlag kommission komitee gewerkschaft armee kirche parti \
        université société comité ligue syndicat armée église partido universidad sociedad comité sindicato ejército \
        partito università società партия союз комитет университет институт совет армия times journal review magazine \
        gazette tribune herald guardian post";
    /// A place by its kind.
    place_kind = "street avenue road square river lake sea ocean bay gulf island islands mountain mountains valley \
        desert city town village county province region district state states republic kingdom empire federation \
        coast peninsula canal bridge palace castle camp prison park forest station airport port straße strasse platz \
        insel reich rue place mer fleuve";
    /// An event or period by its kind.
    event_kind = "war wars revolution revolutions uprising rebellion revolt battle treaty pact agreement accords convention conventions plan \
        conference trial trials crisis movement famine massacre terror purge purges rising strike reformation \
        renaissance enlightenment constitution act manifesto declaration krieg revolution aufstand vertrag guerre \
        révolution traité guerra revolución война революция";
    /// Countries, continents, and the cities named most.
    place = "africa america asia europe antarctica australia oceania afghanistan albania algeria andorra angola \
        argentina armenia austria azerbaijan bahrain bangladesh belarus belgium belize benin bhutan bolivia bosnia \
        botswana brazil bulgaria burma burundi cambodia cameroon canada chad chechnya chile china colombia congo croatia cuba \
        cyprus czechia czechoslovakia denmark ecuador egypt england eritrea estonia ethiopia fiji finland france gabon \
        gambia gaza georgia germany ghana greece greenland guatemala guinea guyana haiti holland honduras hungary \
        iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea kosovo kuwait \
        kyrgyzstan laos latvia lebanon lesotho liberia libya lithuania luxembourg macedonia madagascar malawi malaysia \
        mali malta manchuria mauritania mauritius mexico moldova monaco mongolia montenegro morocco mozambique myanmar \
        namibia nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay persia peru \
        philippines poland portugal prussia qatar romania russia rwanda samoa scandinavia scotland senegal serbia \
        siberia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania \
        thailand tibet togo tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales \
        yemen yugoslavia zambia zimbabwe crimea caucasus balkans britain usa uk ussr london paris berlin moscow rome \
        vienna petrograd leningrad petersburg kiev kyiv warsaw prague budapest madrid barcelona lisbon amsterdam \
        brussels geneva zurich basel hamburg munich frankfurt leipzig dresden cologne stockholm oslo copenhagen \
        helsinki athens istanbul constantinople jerusalem baghdad damascus tehran delhi bombay calcutta beijing peking \
        shanghai tokyo kyoto chicago boston philadelphia washington california texas oxford cambridge edinburgh \
        dublin venice florence milan naples turin toronto montreal havana cairo alexandria deutschland frankreich \
        england italien spanien russland österreich schweiz polen europa amerika wien rom prag paris köln münchen \
        allemagne angleterre espagne italie russie europe amérique россия москва петербург украина германия франция \
        англия европа америка ελλάδα αθήνα ευρώπη";
    /// Which part of a place.
    direction = "north south east west northern southern eastern western upper lower central";
    /// What `New` is a part of.
    new_place = "york zealand jersey orleans england hampshire mexico delhi haven guinea caledonia brunswick \
        south";
    /// Given names that are common in at least one language.
    given = "aaron abdul abraham adam adolf adrian agnes ahmed alan albert alexander alexandra alexei alexey alfred ali \
        alice alison amanda amy ana anatoly andre andreas andrei andrew andrey angela ann anna anne anselm anthony \
        antoine anton antonio arnold arthur arturo august augustin barbara beatrice ben benedict benjamin bernard \
        bernhard bertrand boris brian bruno carl carla carlo carlos carol caroline catherine cecilia charles \
        charlotte chris christian christine christopher claire clara claude claudia colin constance cornelius daniel \
        david deborah denis dennis diana diego dietrich dmitri dmitry dominic donald dora dorothy douglas edgar \
        edith edmund eduard edward edwin eleanor elena elias elisabeth elizabeth ella emil emile emily emma emmanuel \
        enrico eric erich erik ernest ernst ethel eugene eva evelyn felix ferdinand fernando fidel florence frances \
        francesco francis francisco franz françois frank fred frederick friedrich fritz fyodor gabriel gary geoffrey \
        georg george georges gerald gerard gertrude giovanni giuseppe gottfried grace graham gregory grigori \
        guillaume gustav guy hannah hans harold harriet harry heinrich helen helena henri henry herbert herman \
        hermann howard hubert hugh hugo ian ignatius igor immanuel irene isaac isabel ivan jack jacob jacques jakob \
        james jan jane janet jason javier jean jeanne jennifer jeremy jesse jessica jim joachim joan johan johann \
        johannes john jonathan jorge josé josef joseph joshua juan jules julia julian julie julius jürgen karen karl \
        kate katherine keith kenneth kevin konrad konstantin kurt lars laura lawrence lenny leo leon leonard \
        leonardo leonid leopold leslie lev lewis lily linda lisa lorenzo louis louise lucas lucia lucien lucy ludwig \
        luigi luis luke marc marcel marco marcus margaret maria marie mario marion mark marta martha martin mary \
        mathilde matthew maurice max maximilian maxim michael michel miguel mikhail milton mohammed moritz moses \
        muhammad murray nadezhda nancy natalia nathan nicholas nicolas nikita nikolai nina noam noel nora norman \
        oleg oliver olga oscar oskar otto pablo patricia patrick paul paula pedro peter petr philip philippe pierre \
        pyotr rachel rafael ralph raymond rebecca reinhard rené ricardo richard robert roberto robin roger roland \
        ronald rosa rose roy rudolf russell ruth salvador sam samuel sara sarah scott sean sebastian sergei sergey \
        sheila sigmund simon simone sofia sophie stanley stefan stephanie stephen steve steven stuart susan svetlana \
        sven sylvia tamara tatiana ted teresa theodor theodore theresa thomas timothy tom tony ulrich umberto ursula \
        valentin vera vaclav victor victoria viktor vincent virginia vladimir vyacheslav walter werner wilhelm \
        william winston wolfgang xavier yakov yuri yves zoe александр алексей анна андрей борис василий виктор \
        владимир георгий дмитрий екатерина елена иван иосиф лев мария михаил николай ольга павел петр сергей татьяна \
        федор юрий γεώργιος ιωάννης κωνσταντίνος μαρία νίκος γιώργος alex andy betty bill bob dave debbie doug ed \
        ellen gordon greg helga jake jeff jenny jerry joe johnny jon josh judith justin kathleen ken klaus larry \
        manuel matt megan melissa michelle mike monika natalie nick nicole phil rick rob ron ryan sally sandra \
        stella susanne terry tim tommy евгений игорь константин пётр яков alberto alejandro aleksandr aleksei \
        aleksey alekseï alessandro alexis alfonso alfredo amir amit anand anders andreu andrés angelo anita annette \
        annie antónio antônio arjun armand armando arne arno aryeh astrid auguste aurelio avi avraham axel beatriz \
        bella benoît bernadette bernardo bernie bertha bertolt bettina birgit björn bogdan bożena brad brenda \
        brendan bridget camille cathy chaim charlie chloe christa christina christoph christophe clarence claudio \
        clemens clément constantin corinne cynthia cédric césar damian daniela daniele danielle darren deepak denise \
        derek detlef diane didier dieter dirk domenico dominique doris dwight eckhart edgardo edmond eduardo eileen \
        elaine eli elise elisée eloise elsa emilia emiliano emilio enrique ernesto errico erwin esteban esther eugen \
        eugenia eugenio eugène fabian fabio farid fatima federico felipe fernand filippo fiona francine frans \
        françoise frederic fredric freya frédéric félix gabriela gabriele gaston gavin geneviève georgi georgii \
        georgy gerd gerhard gerrit gershom gershon giacomo gianni gilles giorgio giulia giulio gonzalo goran greta \
        gretchen gudrun guido guillermo gustave gustavo günter günther hans-georg hans-peter hayden hector heike \
        heinz helge helmut hendrik henrik henryk hilary hilda hildegard hiroshi horst hortense ignacio ilse ilya \
        imre inga inge ingeborg ingrid iosif irina irma isidor isidore ismail istván iván jacqueline jaime jakub \
        jamal jamie javed jay jens jill joanna jocelyn joel johanna jordan jordi joris josephine juliana juliette \
        julio jutta jérôme józef kamal karin karol kaspar katarina katharina kathryn katrin kazimierz kemal kenji \
        kirsten klara knut kristen kristin kwame lajos laurent lazar lazare leah leila lena leopoldo liam lillian \
        lionel lois lothar luca ludo ludwik luisa lukas lydia lynn lázaro mahmoud maksim manfred manuela marcin \
        marek margarita margherita margot marguerite mariana marianne marilyn marina marjorie markus marlene marthe \
        maría massimo mathias mathieu matteo matthias maureen mehdi mehmet michał michele mihail milena miloš miriam \
        mohamad mohamed mordechai moshe muriel mustafa myles nadia nadine naomi narendra natan nathalie nathaniel \
        neil nestor niccolò nicola niels nigel nikolaj nikolaus nikolay nils norbert octavio olaf olav olivia orhan \
        osip ossip osvaldo pamela paolo patrice pauline paulo pavel petra phyllis pierre-joseph pietro priya rainer \
        rajesh ramón randall raoul raphael ravi raúl reza rhoda rita roberta rodolfo rodrigo rohini rolf romain \
        ronnie rosalind rosemary rubén rupert sabine samir sandro sanjay sebastiano selma sergio serhii seyla \
        shirley shlomo siegfried silvia slavoj sofya sonia stanisław stefanie stefano stéphane sunil susanna sybil \
        sylvain søren tadeusz takashi tariq tatyana teresia thaddeus theodora theodoros thomasina thérèse timur \
        tobias tomasz tomás toni trevor ulrika ulrike uri valentina valeria valerie valerii vanessa vasilii vasily \
        veronica veronika vicente viktoria vinay vivian volker wanda wendy wilfred wilfrid wilhelmina willem willi \
        willy wladimir wojciech yasmin yevgenia yevgeny yitzhak yolanda yosef yoshi yusuf yuval yvette yvonne \
        zbigniew zeev zofia zoltán zygmunt álvaro élise élisée émile étienne";
    /// Family names borne by so many that one full name in an archive says nothing of a bare one elsewhere, and such as
    /// are more often something else: a region of the world, a title, whom a religion is named for.
    common_family = "smith jones williams brown taylor davies wilson evans thomas johnson roberts walker wright \
        thompson white hughes edwards green lewis wood harris martin jackson clarke clark hall hill moore anderson \
        lee king scott young allen baker adams miller davis garcia rodriguez martinez hernandez lopez gonzalez perez \
        müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann bauer richter klein wolf \
        ivanov petrov sidorov smirnov kuznetsov popov rossi russo ferrari bianchi dupont dubois durand bernard petit \
        wang li zhang liu chen yang kim park nguyen tran singh kumar khan иванов петров сидоров смирнов кузнецов \
        christ jesus lord church east west north south pope prince bishop abbot major law moon day english french \
        german irish welsh holland england france ireland";
    /// Capitalised in English and others, and no name that an index has.
    no_name = "article articles annex annexes artikel hrh yrh highness majesty excellency holiness lordship ladyship monday tuesday wednesday thursday friday saturday sunday january february march april may june july \
        august september october november december jan feb mar apr jun jul aug sept sep oct nov dec montag dienstag \
        mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember lundi mardi \
        mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre octobre novembre \
        décembre internet english chapter part section volume vol book page pp fig figure table ibid idem cf ed eds \
        trans translated translator edited editor edition press note notes appendix introduction preface foreword \
        conclusion contents index bibliography references footnote footnotes source sources figure archived retrieved \
        accessed available online updated published copyright isbn issn doi url http https www pdf html ok tv am pm bc \
        ad ce bce ps re id faq diy lol tldr edit op cit et viz wikipedia wiki twitter facebook youtube reddit google \
        email earth god bible abschnitt kapitel seite band herausgegeben hrsg heft tome chapitre partie лист стр глава \
        том гл п с";
    /// Ends no sentence with its full stop.
    abbreviation = "mr mrs ms dr prof st vs vol vols no nos p pp ed eds cf fig figs ch chap sec gen col lt capt sgt rev \
        hon sen rep gov jr sr inc ltd co corp dept univ ca c al trans approx est jan feb mar apr jun jul aug sep sept oct \
        nov dec bd hrsg nr s z b d h u a vgl bzw usw art par op cit ibid i e g t n m mme mlle т г стр гл";
    /// After these a place is likelier than anything else.
    before_place = "in from near to across throughout into toward towards around outside inside nach aus à vers depuis";
    /// What people do.
    deed = "wrote writes argued argues said says claimed claims believed believes thought thinks observed observes \
        noted notes told asked answered replied declared insisted maintained described describes suggested suggests \
        explained explains concluded concludes admitted recalled became was's died born went himself herself knew \
        wanted ordered signed refused began decided married lived schrieb sagt sagte meinte écrit écrivit dit";
    /// Determiners, after which German has a noun.
    determiner = "der die das den dem des ein eine einer eines einem einen kein keine keinen keiner mein meine meinen \
        sein seine seinen seiner ihr ihre ihren ihrer unser unsere dieser diese dieses diesem diesen jener jene jedes \
        jede jeder zum zur im am vom beim ins ans viele alle einige mehrere manche solche welche";
}

/// True for `II`, `xiv`.
pub fn is_roman(folded: &str) -> bool {
    folded != "mi" && crate::roman::value(folded).is_some()
}
