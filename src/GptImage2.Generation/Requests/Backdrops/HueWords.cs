namespace GptImage2.Generation.Requests.Backdrops;

/// <summary>
/// Which hues a description speaks of, by its words in English, German, French, Spanish, Portuguese, Italian, Russian, Arabic, Hindi, Chinese
/// and Japanese: those of colours, and those of things that mostly have one.
/// </summary>
internal static class HueWords
{
    /// <summary>What leaves and frogs are like.</summary>
    internal const double Green = 120;

    /// <summary>In degrees. What has no hue (white, grey, black) is not among them.</summary>
    private static readonly (double Hue, WordList Words)[] Colours =
    [
        (0, new("""
            red scarlet crimson ruby reddish rot rote roten roter rotes rotem roten rötlich* dunkelrot* hellrot* rouge rougeâtre* rojo roja rojizo rojiza vermelho vermelha rosso rossa rossi rosse
            красн* алый алая алое алые أحمر حمراء लाल 红 紅 赤い 赤色 真っ赤 レッド
            """)),
        (28, new("""
            orange orangefarben* orangé* naranja anaranjad* laranja arancione arancioni оранжев* برتقالي برتقالية नारंगी 橙 オレンジ
            brown brownish braun* *braun *braune *brauner *braunes *braunen brun brune bruns brunes marron marrón castaño marrom marrone marroni коричнев* بني بنية भूरा भूरी भूरे 棕 褐 茶色 ブラウン
            """)),
        (50, new("""
            yellow yellowish gold golden gelb* *gelb *gelbe *gelber *gelbes golden* jaune amarillo amarilla amarelo amarela giallo gialla gialli gialle doré dorée dorado dorada dourado dourada dorato dorata
            желт* жёлт* золот* أصفر صفراء ذهبي ذهبية पीला पीली पीले सुनहरा सुनहरी 黄 黃 金色 イエロー
            """)),
        (Green, new("""
            green greenish emerald lime olive mint jade chartreuse grün* *grün *grüne *grüner *grünes *grünen gruen* smaragd* vert verte verdâtre* émeraude verde verdes verdi verdoso verdosa esmeralda smeraldo
            зелен* зелён* изумрудн* салатов* أخضر خضراء हरा हरी हरे 绿 綠 緑 みどり グリーン
            """)),
        (178, new("turquoise teal cyan aqua türkis* turquesa turchese бирюзов* فيروزي فيروزية फ़िरोज़ी फिरोजी 青绿 蓝绿 水色 ターコイズ シアン")),
        (225, new("""
            blue bluish navy azure indigo sapphire cobalt blau* *blau *blaue *blauer *blaues *blauen bleu bleue bleuâtre* azul azules azulado azulada blu azzurro azzurra azzurri azzurre
            синий синяя синее синие синего синей голубой голубая голубое голубые أزرق زرقاء नीला नीली नीले 蓝 藍 青い 青色 ブルー
            """)),
        (280, new("""
            purple violet lavender lilac plum lila violett* violette lavande morado morada púrpura violeta roxo roxa roxos roxas viola viole
            фиолетов* лилов* пурпурн* сиренев* بنفسجي بنفسجية أرجواني बैंगनी 紫 パープル
            """)),
        (325, new("""
            magenta pink fuchsia rosa rosafarben* rosé* rosado rosada розов* وردي وردية زهري गुलाबी 粉色 粉红 粉紅 桃色 ピンク マゼンタ
            """)),
    ];

    /// <summary>Things of English prompts that mostly have one hue, and those that grow or live among leaves, in every language.</summary>
    private static readonly (double Hue, WordList Words)[] Things =
    [
        (Green, new("""
            plant leaf leaves foliage tree grass frog toad forest jungle moss cactus cacti dragon turtle tortoise avocado salad herb succulent bottle vine orc goblin military fern ferns broccoli crocodile alligator
            lettuce cucumber spinach kale cabbage pea peas zucchini asparagus parsley basil clover shamrock ivy bamboo bonsai houseplant seedling caterpillar grasshopper mantis lizard iguana chameleon gecko parrot dinosaur
            shrek hulk leprechaun granny yoda kermit kiwi pickle
            *pflanze *pflanzen *blatt *blätter *blättern laub *baum *bäume gras gräser frosch *frosch frösche kröte wald moos *kaktus kakteen drache schildkröte* salat* kräuter farn farne brokkoli krokodil* gurke gurken spinat *kohl efeu bambus raupe heuschrecke eidechse leguan papagei kleeblatt
            plante feuille feuillage arbre herbe grenouille crapaud forêt laitue fougère brocoli crocodile concombre épinard chou lierre bambou chenille sauterelle lézard perroquet trèfle tortue
            planta hoja hojas árbol árboles hierba césped rana sapo bosque musgo cactus lechuga helecho brócoli cocodrilo pepino espinaca espinacas hiedra bambú oruga saltamontes lagarto iguana trébol tortuga
            folha folhas árvore árvores grama relva rã perereca floresta musgo cacto alface samambaia brócolis brócolos crocodilo jacaré espinafre couve hera lagarta gafanhoto papagaio trevo tartaruga
            pianta piante foglia foglie albero alberi erba rospo foresta muschio lattuga felce felci broccolo coccodrillo cetriolo spinaci cavolo edera bambù bruco cavalletta lucertola pappagallo trifoglio tartaruga
            растени* лист листья листва дерево деревья трава лягушк* жаба лес мох кактус* дракон* черепах* салат* папоротник* брокколи крокодил* огурец огурц* шпинат капуст* плющ бамбук* гусениц* кузнечик* ящериц* попуга* клевер*
            نبات نباتات نبتة ورقة أوراق شجرة أشجار عشب ضفدع غابة صبار تنين سلحفاة خس سرخس بروكلي تمساح خيار سبانخ خيزران سحلية ببغاء
            पौधा पौधे पत्ता पत्ती पत्ते पत्तियां पेड़ घास मेंढक जंगल कैक्टस कछुआ मगरमच्छ ब्रोकोली खीरा पालक बांस छिपकली तोता
            植物 树叶 叶子 叶片 树木 大树 草地 青草 青蛙 蛙 森林 苔藓 仙人掌 恐龙 龙 乌龟 生菜 蕨 西兰花 鳄鱼 黄瓜 菠菜 白菜 竹子 蜥蜴 鹦鹉 盆栽 多肉
            葉 樹 カエル 苔 サボテン 恐竜 ドラゴン 亀 レタス シダ ブロッコリー ワニ キュウリ ほうれん草 キャベツ 竹 トカゲ インコ オウム 観葉
            """)),
        (325, new("rose flower orchid berry lipstick flamingo unicorn neon sakura lips makeup flamant flamenco fenicottero фламинго 桜 樱花 フラミンゴ")),
        (225, new("denim jeans sky ocean water ice uniform")),
    ];

    /// <summary>In degrees; empty where no word is known.</summary>
    internal static IReadOnlyList<double> FindIn(string text)
    {
        var words = new TextWords(text);
        return [.. Colours.Concat(Things).Where(entry => entry.Words.IsIn(words)).Select(entry => entry.Hue).Distinct()];
    }

    /// <summary>The way from one hue to another around the circle, 0 to 180 degrees.</summary>
    internal static double Distance(double one, double other) => 180 - Math.Abs(180 - (Math.Abs(one - other) % 360));
}
