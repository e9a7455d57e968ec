using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Tests.Requests;

public sealed class ChromaKeyTests
{
    [Theory]
    [InlineData("green frog")]
    [InlineData("cactus")]
    [InlineData("lime")]
    [InlineData("turtle")]
    [InlineData("fern")]
    [InlineData("broccoli")]
    [InlineData("a crocodile with an umbrella")]
    [InlineData("lettuce")]
    [InlineData("Shrek")]
    [InlineData("Hulk")]
    [InlineData("a leprechaun")]
    [InlineData("a Granny Smith apple")]
    [InlineData("eine grüne Zimmerpflanze")]
    [InlineData("una rana verde")]
    [InlineData("une grenouille verte")]
    [InlineData("绿色的青蛙")]
    [InlineData("カエル")]
    public void What_is_green_is_never_drawn_on_green(string prompt) => ChromaKey.ChooseFor(prompt).HueName.ShouldBe("magenta");

    /// <summary>Ten of each: colours, things that grow, and what says nothing.</summary>
    [Theory]
    [InlineData("English", "green", "a red fox|a brass lantern|a scarlet macaw's feather|a pink teapot|a white rabbit|a purple hat with a pink bow")]
    [InlineData("English", "magenta", "an emerald ring|two ferns|a blue bird on a leaf|a mossy stone with moss")]
    [InlineData("English", "blue", "a golden crown|a pink orchid with leaves|an orange and a lemon, yellow")]
    [InlineData("German", "green", "ein roter Fuchs|eine Laterne aus Messing|ein rosa Teekessel|Grund und Boden|die Begründung")]
    [InlineData("German", "magenta", "ein dunkelgrüner Frosch|ein Kaktus|ein Ahornblatt|grüne Äpfel|ein Krokodil")]
    [InlineData("German", "blue", "eine gelbe Tasse|ein hellbrauner Bär")]
    [InlineData("French", "green", "un renard rouge|une lanterne|une théière rose|une ligne verticale|un vertige")]
    [InlineData("French", "magenta", "une feuille|un crapaud|une pomme verte|une fougère|un crocodile")]
    [InlineData("French", "blue", "une tasse jaune|un ours brun")]
    [InlineData("Spanish", "green", "un zorro rojo|una linterna|una tetera rosa|un vaso|una silla blanca")]
    [InlineData("Spanish", "magenta", "un árbol|un sapo|una manzana verde|un helecho|un cocodrilo")]
    [InlineData("Spanish", "blue", "una taza amarilla|un oso marrón")]
    [InlineData("Portuguese", "green", "uma raposa vermelha|uma lanterna|um bule rosa|um copo|uma cadeira branca")]
    [InlineData("Portuguese", "magenta", "uma árvore|uma rã|uma maçã verde|uma samambaia|um jacaré")]
    [InlineData("Portuguese", "blue", "uma xícara amarela|um urso marrom")]
    [InlineData("Italian", "green", "una volpe rossa|una lanterna|una teiera rosa|il loro gatto|una sedia bianca")]
    [InlineData("Italian", "magenta", "un albero|un rospo|una mela verde|una felce|un coccodrillo")]
    [InlineData("Italian", "blue", "una tazza gialla|un orso marrone")]
    [InlineData("Russian", "green", "красная лиса|фонарь|розовый чайник|стакан|белый стул")]
    [InlineData("Russian", "magenta", "зелёная лягушка|дерево|зеленое яблоко|папоротник|крокодилы")]
    [InlineData("Russian", "blue", "жёлтая чашка|коричневый медведь")]
    [InlineData("Arabic", "green", "ثعلب أحمر|فانوس|إبريق وردي|كوب|الكرسي الأبيض")]
    [InlineData("Arabic", "magenta", "شجرة|الضفدع|تفاحة خضراء|سرخس|التمساح الأخضر")]
    [InlineData("Arabic", "blue", "كوب أصفر|دب بني")]
    [InlineData("Hindi", "green", "लाल लोमड़ी|लालटेन|गुलाबी केतली|गिलास|सफ़ेद कुर्सी")]
    [InlineData("Hindi", "magenta", "पेड़|मेंढक|हरा सेब|कैक्टस|मगरमच्छ")]
    [InlineData("Hindi", "blue", "पीला प्याला|भूरा भालू")]
    [InlineData("Chinese", "green", "红色的狐狸|灯笼|粉色的茶壶|杯子|白色的椅子")]
    [InlineData("Chinese", "magenta", "一棵大树|青蛙|绿苹果|仙人掌|鳄鱼")]
    [InlineData("Chinese", "blue", "黄色的杯子|棕色的熊")]
    [InlineData("Japanese", "green", "赤い狐|提灯|ピンクの急須|コップ|白い椅子|古いカメラ")]
    [InlineData("Japanese", "magenta", "観葉植物|蛙|緑の林檎|サボテン|ワニ")]
    [InlineData("Japanese", "blue", "黄色い茶碗|茶色の熊")]
    public void The_backdrop_is_far_from_every_hue_of_the_words(string language, string expected, string prompts) =>
        prompts.Split('|').Where(prompt => ChromaKey.ChooseFor(prompt).HueName != expected).ShouldBeEmpty(language);

    [Fact]
    public void A_text_that_is_no_text_is_read_without_failing() => ChromaKey.ChooseFor("a \uD800 broken \uDC00 frog").HueName.ShouldBe("magenta");

    [Theory]
    [InlineData("a parasol", "green", "magenta")]
    [InlineData("a red parasol", "green", "blue")]
    public void Naming_the_backdrops_hue_chooses_another(string prompt, string first, string second)
    {
        var backdrop = ChromaKey.ChooseFor(prompt);

        (backdrop.HueName, backdrop.ChooseInstead(prompt).HueName).ShouldBe((first, second));
    }
}
