//! The words of citations in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and
//! Russian: one line per language where there are many, commas between terms, full stops left out.

use super::concepts::Concepts;

pub(super) const CONCEPTS: &[(Concepts, &[&str])] = &[
    (
        Concepts::PAGE,
        &[
            "sid,sida,sidor,side,sider,sayfa,sivu,old,стор,σ,σσ,bls,p.o",
            "p,pp,page,pages,pg,pgs",
            "s,ss,seite,seiten,sp,spalte",
            "pág,págs,página,páginas,pags",
            "pag,pagg,pagina,pagine,blz,bladzijde",
            "str,strona,strony,с,стр,cc",
        ],
    ),
    (
        Concepts::VOLUME,
        &[
            "del,roč,ročník,sv,svazek,díl,cilt,årg,årgång,årgang,bind,köt,évf,tomus,cz,część,cap vol,hf,τόμ",
            "vol,vols,volume,volumes,v",
            "bd,band,bde,jg,jahrgang",
            "t,tome,tomes,tomo,tom,année,año,anno,ano",
            "jrg,jaargang,deel,dl,rocznik,т,том",
        ],
    ),
    (
        Concepts::ISSUE,
        &[
            "č,číslo,sayı,häfte,hefte,br,sz,szám,nro,τχ,nr,zeszyt",
            "no,nos,number,issue,iss,nr,heft,h,n,nº,n°,nᵒ,№,num,numéro,núm,número,numero,fasc,livr,zesz,z,nummer,вып",
        ],
    ),
    (
        Concepts::EDITOR,
        &[
            "oprac,propos recueillis par,selección de,selec de",
            "redigerad av,red av,udg,utg av,haz,der,yay haz,szerk,uspoř,vyd,ur,toim,ed by,eds by,herausgegeben,επιμ",
            "ed,eds,edited,editor,editors,edited by",
            "hrsg,hg,hgg,hrsg v,hrsg von,hg v,hg von,herausgegeben von,herausgeber,herausgeberin",
            "dir,éd,éds,sous la direction de,sous la dir de,sous la dir,sld,édité par,éd par,dir par",
            "a cura di,cur,curatore,curatrice,coord,coords,coordinador,coordenação,comp,comps,editado por",
            "org,orgs,organização,red,pod red,pod redakcją,redakcja,onder redactie van,o r v",
            "ред,под ред,под редакцией,сост",
        ],
    ),
    (
        Concepts::TRANSLATOR,
        &[
            "övers,översättning,övers av,overs,oversatt av,oversat af,çev,çeviren,přel,přeložil,přeložila,prel,ford,fordította,suom,μτφρ,traduzido por,tradução,traducción,trad al español de,traductor,trad cast de,trad di,traduction,trad de l’anglais par,trad de l'anglais par,trad de l’anglais,aus dem engl von,aus dem franz von,a d engl v",
            "trans,transl,translated,translator,translators,translated by,tr",
            "übers,übersetzt von,übers v,übers von,aus dem englischen von,aus dem französischen von",
            "aus dem amerikanischen von,aus dem italienischen von,aus dem russischen von,aus dem spanischen von",
            "trad it di,trad it,trad fr,trad fr de,trad esp de,trad,traduit par,trad par,traduit de l'anglais par,traduit de l’anglais par",
            "traduit de l'allemand par,traduit de l’allemand par,traducción de,trad de,trad di,traduzione di,tradução de",
            "vert,vertaald door,vert door,tłum,przeł,przekł,przekład,пер,пер с англ,пер с нем,пер с фр",
        ],
    ),
    (
        Concepts::EDITION,
        &[
            "uppl,upplaga,upplagan,udg,udgave,utg,utgave,utgåva,opplag,opl,baskı,bs,bası,vydání,vyd,wydanie,painos,kiad,kiadás,izd,ediția,edició,εκδ,druk",
            "ed,edn,edition,editions,aufl,auflage,ausg,ausgabe,éd,édition,edición,edizione,edição,druk,wyd,изд",
        ],
    ),
    (
        Concepts::REVISED,
        &[
            "nouvelle,nueva,nuova,nova,nieuwe,ny,nowe",
            "anniv,riv,ampl,omarb,rev och utök,uppdaterad,přeprac,dopl,gözden,geçirilmiş,durchgesehene,korrigierte,updated,illustrated,annotated,centenary,deluxe,critical,corrected,reprint,riv e ampl,actualizada,zmienione,poprawione,sixth,seventh,eighth,ninth,tenth,2e",
            "rev,revised,enl,enlarged,exp,expanded,updated,überarb,überarbeitete,erw,erweiterte,durchges,neu,neue",
            "bearb,bearbeitete,aktualisierte,aktual,unveränd,unveränderte,verb,verbesserte,vollst,vollständig",
            "revue,augmentée,aug,corr,corrigée,corregida,aumentada,ampliada,riveduta,revista,atualizada,herz,herziene",
            "popr,rozsz,uzup,испр,доп,перераб,international,anniversary,student,second,third,fourth,fifth,first",
        ],
    ),
    (Concepts::IN, &["in,dans,en,em,w,в,apud"]),
    (
        Concepts::ACCESSED,
        &[
            "hämtad,hämtat,läst,besökt,hentet,besøgt,lest,tilgået,tilgjengelig,erişim,erişim tarihi,cit,citováno,elérés,letöltve,luettu,haettu,viitattu,geopend op,laatst bezocht,geraadpleegd,consulta,accesat,pristup,acceso em,acc,acceso el día,accessed in,read,last access,last accessed at,as of",
            "accessed,accessed on,retrieved,retrieved on,viewed,viewed on,visited,last accessed,last accessed on",
            "last visited,last visited on,date accessed,access date,cited,date of access,last retrieved,last retrieved on",
            "last checked,last viewed,accessed at,access",
            "abgerufen,abgerufen am,zugriff,zugriff am,letzter zugriff,letzter zugriff am,zuletzt abgerufen am",
            "zuletzt aufgerufen am,aufgerufen am,zuletzt besucht am,zugegriffen,abruf,abruf am,letzter abruf",
            "zuletzt abgerufen,zuletzt geprüft am,eingesehen am,stand,gesehen am,zuletzt aufgerufen",
            "consulté,consulté le,consultée le,page consultée le,dernière consultation le,dernière consultation,vu le",
            "dernier accès le,dernier accès",
            "consultado,consultado el,consultado em,consulta,fecha de consulta,último acceso,acceso,acceso el",
            "recuperado el,consultado a,última consulta,consultada el",
            "consultato,consultato il,ultimo accesso,ultima consultazione,ultimo accesso il,visitato il,consultato in data",
            "acesso,acesso em,acedido em,acessado em,acedido a",
            "geraadpleegd,geraadpleegd op,bezocht op,laatst geraadpleegd op,laatst geraadpleegd",
            "dostęp,dostęp dnia,data dostępu,dostęp z dnia,dostęp w dniu,odczyt",
            "дата обращения,дата доступа",
        ],
    ),
    (
        Concepts::AVAILABLE,
        &[
            "tillgänglig,tillgänglig på,tilgængelig på,dostupné z,dostupné na,erişim adresi,saatavilla,elérhető,tilgjengelig på,disponible a",
            "available,available at,available from,available online,available online at,available via,at,from,via",
            "retrieved from,accessed at,accessed from,accessible at,online at,online,url,link",
            "verfügbar unter,verfügbar,abrufbar unter,online unter,online verfügbar unter,unter",
            "abgerufen von,im internet,internetquelle",
            "disponible,disponible sur,disponible à l'adresse,disponible à l’adresse,en ligne,url,adresse",
            "disponible en,en línea,recuperado de,disponibile,disponibile su,disponibile all'indirizzo,in rete,online su",
            "disponibile in,disponível,disponível em,em linha,beschikbaar op,beschikbaar via,online op,via",
            "dostępny,dostępne,dostępny w,dostępne w,dostęp online,dostępny na,online pod adresem",
            "режим доступа,электронный ресурс,доступно по адресу",
        ],
    ),
    (
        Concepts::UNDATED,
        &[
            "n d,nd,s d,sd,o j,s a,б г,b r,no date,sans date,undated,ohne jahr,sin fecha,senza data,z j,sem data,bez daty",
        ],
    ),
    (
        Concepts::FORTHCOMING,
        &[
            "forthcoming,in press,in preparation,im druck,im erscheinen,erscheint,à paraître,sous presse,en prensa",
            "in corso di stampa,no prelo,w druku,в печати,in druk,to appear,advance online publication",
        ],
    ),
    (
        Concepts::DATED,
        &[
            "last modified,last modified on,last updated,last updated on,updated,updated on,published,published on,posted,posted on,last edited",
            "modified,zuletzt geändert am,aktualisiert am,veröffentlicht am,erschienen am,mis à jour le,publié le,mis en ligne le",
            "dernière mise à jour le,publicado el,publicado em,actualizado el,atualizado em,pubblicato il,aggiornato il,gepubliceerd op",
        ],
    ),
    (Concepts::CIRCA, &["c,ca,circa,um,vers,hacia,około,ок"]),
    (
        Concepts::OTHERS,
        &[
            "m fl,mfl,m.fl,et alia,ve diğerleri,vd,a kol,a j,ym,és mtsai,med flera,med flere,m v",
            "et al,and others,and al,& al,et alii,et coll,u a,ua,und andere,et autres,y otros,y col,e altri,e outros",
            "en anderen,e a,i in,i inni,и др,и другие,& others",
        ],
    ),
    (Concepts::AND, &["och,og,ve,ja,és,und,u", "&,and,und,et,y,e,i,и,en,u"]),
    (
        Concepts::SIGNAL,
        &[
            "zie verder,siehe schon,ferner,weiterhin,см например,см также,karş,vgl schon,see already,plus récemment,voir encore,zie bijvoorbeeld,see inter alia,see for discussion",
            "se,se även,se också,se även till exempel,jfr,jfr även,jämför,se også,jf,srov,srov také,viz,bkz,bk,krş,ks,vö,lásd,as discussed in,on this see,see esp,vgl dagegen,so etwa,anders dagegen,si vedano inoltre,si veda anche,si veda inoltre,véanse,véanse también,cfr per esempio,vide,compare also,see too,see above all,vgl v a,vgl insbesondere,vgl beispielsweise,voir en particulier,voir surtout,voir également,véase por ejemplo,véase asimismo,ver por ejemplo,vgl insb,vgl bes,siehe insbesondere,siehe hierzu,siehe z b,por ejemplo,confira,cf por exemplo,cf notamment,cf par exemple,cf esp,cf also",
            "see,see also,see generally,see especially,see esp,see e g,see for example,see for instance,see in particular",
            "but see,but cf,see further,cf,compare,e g,for example,also,contra,accord,and see,source,sources,cited from",
            "discussed in,from,adapted from,reprinted in,reproduced in,based on,see now",
            "vgl,vgl auch,vgl hierzu,vgl dazu,siehe,siehe auch,s auch,s dazu,siehe dazu,so,so auch,dazu,hierzu,anders",
            "vgl etwa,siehe etwa,s a,dagegen,vgl z b,quelle",
            "voir,voir aussi,voir notamment,voir par exemple,par ex,voir à ce sujet,sur ce point voir,cfr,cf aussi",
            "véase,véase también,véanse,ver,ver también,vid,cfr,vedi,vedi anche,si veda,si vedano,cfr anche,v anche",
            "ver também,veja,veja-se,zie,zie ook,vgl ook,zob,zob też,zob także,por,por też,см,см также,ср,cp",
            "на эту тему см",
        ],
    ),
    (
        Concepts::QUOTED,
        &[
            "repris dans,repris in,wiederabgedruckt in,wieder in,wieder abgedruckt in,ristampato in,reimpreso en,ora in,citerad i,citerat i,citeret i,sitert i,citováno podle,cit podle,aktaran,idézi,cited after,quoted after,rpt in,reproduced in,zit bei,zitiert bei,cit par,cités par,citée par,citado a partir de,cit secondo,cit dopo,geciteerd bij,przytaczam za",
            "quoted in,cited in,as cited in,as quoted in,qtd in,reprinted in,repr in,quoted from,quoted by,cited by",
            "zit nach,zitiert nach,zit n,zit in,zitiert in,abgedruckt in",
            "cité dans,cité par,cité in,cit in,citado en,citado por,cit por,citado em,citato in,cit da,apud,geciteerd in",
            "cyt za,cytowane za,cyt w,цит по,цитируется по",
        ],
    ),
    (
        Concepts::IBID,
        &[
            "samme sted,tamtéž,ibidem,samma ställe,aynı yer",
            "ibid,ibidem,ib,ebd,ebda,ebenda,ivi,ibíd,ibídem,там же,tamże,tamze,ibíd,aldaar",
        ],
    ),
    (
        Concepts::IDEM,
        &["idem,id,eadem,ders,dies,derselbe,dieselbe,ídem,íd,tenże,tegoż,taż,tejże,он же,она же,dezelfde"],
    ),
    (
        Concepts::OP_CIT,
        &[
            "c d,dz cyt",
            "anf arb,a g e,dz c,op laud,loc laud",
            "op cit,opcit,loc cit,art cit,a a o,aao,am angegebenen ort,ouvr cité,ouvrage cité,article cité,obra citada",
            "ob cit,opere cit,opera citata,o c,dz cyt,указ соч,passim cit,art cité,op cité,cit",
        ],
    ),
    (
        Concepts::NOTE,
        &[
            "fotnot,pozn,dipnot,anmerk",
            "n,nn,note,notes,fn,footnote,footnotes,anm,fußn,fn,fußnote,anmerkung,nota,notas,noot,przyp,przypis,прим,endnote,сноска",
        ],
    ),
    (
        Concepts::ABOVE,
        &[
            "above,supra,oben,wie,siehe,voir,ci-dessus,arriba,sopra,acima,hierboven,powyżej,выше,infra,below,as in,as cited in",
        ],
    ),
    (
        Concepts::DIVISION,
        &[
            "loc,location",
            "canto,kapitel,kapitola,bölüm,luku,fejezet,loc,location,lib,hfst,rozd,scene,sc,arts,article,articles,randnr,rdnr,livre,libro,livro,buch,map",
            "ch,chap,chaps,chs,chapter,chapters,sec,secs,sect,section,sections,§,§§,para,paras,par,paragraph,paragraphs,¶",
            "col,cols,column,fol,fols,folio,f,ff,l,ll,line,lines,bk,book,part,pt,fig,figure,table,tab,art,canto",
            "kap,kapitel,abschnitt,abs,rn,rz,zeile,chapitre,cap,capítulo,capitolo,hoofdstuk,rozdz,rozdział,гл,глава",
            "act,verse,vv,stanza,min,app,appendix,slide,track,plate,pl,abb,spalte",
        ],
    ),
    (
        Concepts::THESIS,
        &[
            "phd diss,phd thesis,ph d diss,ph d thesis,ph d dissertation,phd dissertation,doctoral dissertation",
            "doctoral thesis,master's thesis,master’s thesis,masters thesis,ma thesis,msc thesis,m a thesis,dissertation,diss",
            "unpublished phd thesis,unpublished doctoral dissertation,unpublished doctoral thesis,dphil thesis,thesis",
            "unpublished ph d diss,unpublished phd diss,m sc thesis,m s thesis,b s thesis,sc d thesis,m eng thesis,unpublished phd dissertation,bachelor's thesis",
            "habilitationsschrift,diss phil,phil diss,masterarbeit,thèse de doctorat,thèse,tesis doctoral,tesi di dottorato",
            "tese de doutorado,tese de doutoramento,dissertação de mestrado,proefschrift,rozprawa doktorska,дис,diss masch",
            "dissertação,tese,tesis,mémoire de master,mémoire de maîtrise,habil,undergraduate thesis,unpublished master's thesis",
            "unpublished master’s thesis,mphil thesis,praca doktorska,диссертация,tesi di laurea,doktorarbeit,inaugural-dissertation",
        ],
    ),
    (
        Concepts::REPORT,
        &[
            "technical report,tech rep,working paper,report no,report,working papers,discussion paper,white paper",
            "research report,policy brief,policy paper,policy research working paper,arbeitspapier,document de travail",
            "occasional paper,research paper,nber working paper,publication no,rapport,informe,relatório",
            "special report,staff report,rfc,request for comments,background paper,issue brief,fact sheet",
        ],
    ),
    (Concepts::BY, &["by,von,v,par,de,por,di,door,przez,d',d’,del,durch"]),
    (
        Concepts::SEASON,
        &[
            "spring,summer,autumn,fall,winter,frühjahr,frühling,sommer,herbst,printemps,été,automne,hiver,primavera",
            "verano,otoño,invierno,estate,autunno,inverno,verão,outono,lente,zomer,herfst,wiosna,lato,jesień,zima",
        ],
    ),
    (
        Concepts::PARTICLE,
        &[
            "wa,ould,dal,dalla",
            "de,da,di,du,del,della,dei,degli,dos,das,do,des,la,le,van,von,vom,der,den,ter,ten,te,zu,zur,zum,af,av",
            "bin,ibn,al,el,y,ap,op,'t,’t,d',d’,lo,st,san,bint,abu,het",
        ],
    ),
    (Concepts::SUFFIX, &["jr,sr,ii,iii,iv,esq,junior,senior,filho,neto"]),
    (
        Concepts::ORGANISATION,
        &[
            "fundación,fundação,fondazione,collectif,kollektiv,group,investigators,developers,authors,syndicat,sindicato,university,universität,université,universidad,università,universidade,universiteit,uniwersytet,institute,institut",
            "institution,instituto,istituto,ministry,ministère,ministerium,bundesministerium,ministerio,department,committee",
            "commission,council,association,society,foundation,stiftung,fondation,center,centre,zentrum,agency,office,bureau",
            "organization,organisation,organización,nations,bank,union,group,inc,ltd,llc,gmbh,corporation,company,corp,co",
            "academy,akademie,académie,college,school,parliament,congress,government,federal,national,international,museum",
            "library,bibliothek,bibliothèque,laboratory,lab,labs,team,consortium,network,alliance,federation,authority",
            "fund,trust,service,services,administration,amt,bundesamt,bundeszentrale,verband,verein,collaboration,initiative",
            "forum,project,coalition,campaign,party,board,task,force,court,european,american,royal,world,british,global",
            "partnership,ai,research,rat,gesellschaft,kommission,conseil,consejo,contributors,editors,staff,press",
            "studies,policy,statistics,security,health,education,science,sciences,technology,programme,program",
        ],
    ),
    (
        Concepts::FUNCTION,
        &[
            "the,a,an,of,on,in,for,to,from,at,with,by,into,how,why,what,when,where,which,who,this,that,these,toward,towards",
            "after,before,between,beyond,against,under,over,about,is,are,was,were,its,their,our,your,my,his,her,as,or,not",
            "der,die,das,des,dem,den,ein,eine,einer,eines,zur,zum,im,am,über,für,mit,aus,vom,nach,wie,was,warum,zu,auf,bei",
            "le,la,les,l',l’,un,une,des,du,d',d’,sur,pour,dans,avec,sans,vers,au,aux,comment,pourquoi,entre,chez,ou",
            "el,los,las,una,por,para,con,sin,sobre,como,cómo,qué,hacia,del,lo,al",
            "il,gli,dell',dell’,dello,della,delle,nel,nella,sul,sulla,per,tra,fra,come,che,dal,dalla",
            "o,os,as,uma,na,no,nas,nos,em,pelo,pela,do,dos,das,ao",
            "het,een,van,op,voor,met,naar,over,uit,tussen,om,tegen,hoe,waarom",
            "o,w,z,na,do,od,po,przez,dla,jak,czy,pod,nad,za",
            "о,об,в,на,с,к,по,из,для,от,до,как,что,под,за",
        ],
    ),
    (
        Concepts::VERB,
        &[
            "is,are,was,were,has,have,had,argues,argued,argue,shows,showed,claims,claimed,suggests,suggested,writes,wrote,says",
            "said,notes,noted,discusses,discussed,describes,provides,gives,offers,remains,makes,made,became,becomes,did,does,do",
            "can,could,would,should,may,might,must,will,explains,explained,points,pointed,called,contains,seems,appears",
            "ist,sind,war,waren,hat,haben,hatte,wird,werden,wurde,wurden,zeigt,schreibt,betont,argumentiert,findet,bietet,kann",
            "est,sont,était,étaient,ont,avait,montre,écrit,affirme,souligne,fut,peut,propose,soutient",
            "es,son,era,eran,ha,han,fue,muestra,escribe,afirma,sostiene,puede,è,sono,hanno,scrive,sostiene,mostra,può",
            "foi,são,escreve,está,tem,são,is,zijn,heeft,werd,schrijft,jest,są,był,była,było,pisze,są",
            "является,был,была,было,были,пишет,считает,we,i,he,she,they,it,you,us,ich,wir,je,nous,elle,ils",
            "thank,thanks,grateful,indebted,owe,remarks,remarked,published,appeared,translation,translations,emphasis,italics",
            "ctd,refers,refer,see,reads,runs,puts,put,quotes,cites,translates,took,follows,followed,holds,goes,went,comes,came",
            "finds,found,follow,thinks,believes,calls,insists,observes,observed,adds,added,stated,reported,lautet,heißt,dit,dice,scrisse",
        ],
    ),
    (
        Concepts::MEDIUM,
        &[
            "keynote,keynote address,plenary,speech,computer program,internet,online,video,videos,audio,podcast,film,pdf,dvd,cd,web,website,blog,html,tweet,post,preprint,dataset,data set",
            "computer software,software,webpage,web page,web log,blog post,audio podcast,video file,motion picture,map,ebook,e-book",
            "kindle,kindle edition,epub,en ligne,en línea,em linha,online-ressource,youtube,slides,powerpoint,lecture,recording",
            "электронный ресурс,conference presentation,paper presentation,powerpoint slides,code,source code,archived",
            "youtube video,vimeo video,video essay,talk,lecture video,essay,album,song,tv series episode,television broadcast,radio broadcast,mp3,on-line,streaming,documentary,infographic,photograph",
        ],
    ),
    (
        Concepts::DIRECTOR,
        &[
            "directed by,director,dir,directors,réalisé par,regie,réalisation,regia di,dirigido por,host,hosted by,presenter,presented by,narrated by,speaker,lecturer",
        ],
    ),
    (
        Concepts::ABBREVIATION,
        &[
            "st,dr,mr,mrs,ms,prof,vs,tech,commun,electron,artif,intell,mach,ind,dept,univ,elect,eng,inst,proc,int,intl,conf,soc,assoc,acad,sci,comput,syst,natl,nat,amer,am,lett",
            "rev,phys,chem,math,mech,appl,psychol,sociol,econ,hist,philos,educ,med,biol,technol,technol,stud,res,bull,ann,mag,lab,div",
            "govt,gov,corp,co,inc,ltd,bros,assn,anniv,approx,etc,esp,incl,vgl,bzw,z,bsp,hl,kgl,cie,mme,mlle,ste,sta,sr,dra,mass,calif",
            "conn,penn,wis,mich,minn,ill,ind,tenn,wash,colo,ariz,им,проф,акад,ул,gen,col,lt,sgt,rt,hon,rep,sen,ft,mt,symp,lect",
            "notes,q,quart,zeitschr,jahrb,abh,ges,handb,enc,encycl,dict,trans",
        ],
    ),
    (
        Concepts::COMMENT,
        &[
            "emphasis,italics,my,author's,author’s,hervorhebung,hervorhebungen,herv,übersetzung,traduction,c'est,je,corsivo,enfasi",
            "cursiva,cursivas,énfasis,traducción,traduzione,mia,mis,la traduzione,tradução,grifo,grifos,ênfase,vertaling,cursivering",
            "nadruk,tłum,podkreślenie,курсив,перевод,translation,translations,all,this,these,unless,quotation,capitalisation",
            "capitalization,original,brackets,thanks",
        ],
    ),
    (
        Concepts::SCRIPTURE,
        &[
            "gen,genesis,exod,exodus,lev,leviticus,num,deut,deuteronomy,josh,judg,ruth,sam,kgs,chr,chron,neh,esth,job,ps,pss,psalm,psalms",
            "prov,proverbs,eccl,eccles,ecclesiastes,isa,isaiah,jer,jeremiah,lam,ezek,ezekiel,dan,daniel,hos,amos,mic,hab,zech,mal",
            "matt,matthew,mt,mark,mk,luke,lk,john,jn,acts,rom,romans,cor,corinthians,gal,galatians,eph,phil,col,thess,tim,heb,hebrews,jas",
            "pet,rev,revelation,qur'an,qur’an,quran,koran,sura,surah,mose,mos,kor,röm,offb,apoc,mt,lc,jn,bhagavad",
        ],
    ),
    (Concepts::SERIES, &["series,reihe,collection,coll,colección,collana,coleção,reeks,seria,серия,ser"]),
    (Concepts::BEFORE_CHRIST, &["bc,bce,b c,b c e,v chr,av j-c,a c,p n e,до н э"]),
    (
        Concepts::ORIGINAL,
        &[
            "original work published,original published,originally published,originally published in,first published",
            "first published in,orig pub,orig,erstveröffentlichung,erstmals,zuerst,1st ed,reprint,repr,rpt,nachdruck",
            "neudr,réimpr,rééd,reimpr,rist,reprinted,ursprünglich,original work published in,reissue,reissued",
        ],
    ),
    (
        Concepts::PERIODICAL,
        &[
            "journal,review,quarterly,magazine,times,post,guardian,news,bulletin,proceedings,transactions,annals,letters",
            "zeitschrift,zeitung,jahrbuch,archiv,blätter,rundschau,spiegel,zeit,mitteilungen,berichte,allgemeine,taz",
            "revue,annales,cahiers,le monde,libération,figaro,mercure,journal des,études,actes,bulletin de",
            "revista,cuadernos,boletín,anales,el país,rivista,quaderni,annali,corriere,repubblica,cadernos,folha,público",
            "tijdschrift,nrc,volkskrant,przegląd,rocznik,kwartalnik,gazeta,zeszyty,polityka",
            "журнал,вестник,вопросы,известия,труды,газета,обозрение,новости,ведомости",
            "daily,weekly,tribune,herald,telegraph,observer,gazette,chronicle,economist,nature,wired,atlantic,yorker,bbc,cnn",
            "newsletter,wikipedia,medium,youtube,blog,encyclopedia,encyclopaedia,dictionary,reuters,forbes,slate,quanta",
        ],
    ),
    (
        Concepts::UNPUBLISHED,
        &[
            "personal communication,personal interview,interview with,interview by,interview,e-mail,email,letter,letter to,letter from",
            "conversation with,telephone,phone call,private communication,pers comm,author's interview,author’s interview",
            "archives,archive,record office,box,folder,fo,ms,mss,manuscript,v united states,gespräch mit,brief an,nachlass",
            "archiv,bundesarchiv,archivio,archivo,archives nationales,lettre à,entretien,carta a,lettera a,u s c,f supp,cir",
        ],
    ),
    (
        Concepts::CONFERENCE,
        &[
            "annual conference,annual meeting,kongress,konferens,kongres,zjazd,sympozjum,jornadas,encontro,encuentro,simposio,simpósio,colóquio,coloquio,rencontres,journées",
            "proceedings,conference,symposium,workshop,proc,congress,tagung,konferenz,colloque,congreso,atti,convegno,konferencja",
            "meeting,conf,presented at,paper presented at,paper given at,vortrag auf,communication au colloque,proceedings of,advances in neural information processing systems",
            "конференция,конференции,симпозиум",
        ],
    ),
    (
        Concepts::LABEL,
        &[
            "doi,url,isbn,issn,arxiv,pmid,pmcid,handle,urn,hal,ssrn,eissn,link,doi org,oclc,id,isbn-13,isbn-10",
        ],
    ),
    (
        Concepts::DATABASE,
        &[
            "jstor,proquest,project muse,ebsco,ebscohost,academic search complete,google books,wayback machine,scribd,persée,cairn,sciencedirect,internet archive,pubmed,gallica,perseus digital library,nexis uni,lexisnexis,hein online,heinonline,scielo,redalyc,academia edu,researchgate,zenodo,kindle",
        ],
    ),
];

/// The months by number, each name as it may stand in a date.
pub(super) const MONTHS: [&str; 12] = [
    "january jan januar jänner jän janvier janv enero gennaio gen janeiro januari stycznia styczeń января январь ene",
    "february feb februar février févr fév febrero febbraio febr fevereiro fev februari lutego luty февраля февраль",
    "march mar märz mars marzo março maart mrt marca marzec марта март mär",
    "april apr avril avr abril abr aprile kwietnia kwiecień апреля апрель",
    "may mai mayo maggio mag maio mei maja maj мая май",
    "june jun juni juin junio giugno giu junho czerwca czerwiec июня июнь",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec июля июль",
    "august aug août aout agosto ago augustus sierpnia sierpień августа август",
    "september sept sep septembre septiembre settembre set setembro września wrzesień сентября сентябрь",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik октября октябрь",
    "november nov novembre noviembre novembro listopada listopad ноября ноябрь",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień декабря декабрь",
];
