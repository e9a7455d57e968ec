using GptImage2.Imaging;

namespace GptImage2.Edits.Repairs;

/// <summary>
/// Wrong calls by the hundred: the argument names of other image servers and services, values in every spelling, files and ids that are nearly
/// right, regions of other tools, and pairs of such mistakes.
/// </summary>
internal static class WrongCallGrammar
{
    private const string Generate = "generate_image";
    private const string Edit = "edit_with_references";
    private const string Inpaint = "inpaint_region";

    /// <summary>Names for a size, and sizes: what they mean in pixels, or null where only the nearest can be offered.</summary>
    private static readonly string[] SizeNames = ["size", "resolution", "image_size", "dimensions", "preset", "imageSize"];

    private static readonly (string Written, Dimensions? Meant)[] Sizes =
    [
        ("\"1024x1024\"", new(1024, 1024)), ("\"1536x1024\"", new(1536, 1024)), ("\"1920x1080\"", new(1920, 1080)), ("\"800 x 600\"", new(800, 600)), ("\"512×512\"", new(512, 512)),
        ("\"1024*768\"", new(1024, 768)), ("[1280, 720]", new(1280, 720)), ("{\"width\": 1080, \"height\": 1350}", new(1080, 1350)), ("\"16:9\"", new(2048, 1152)), ("\"portrait\"", new(1024, 1536)),
        ("\"1080p\"", new(1920, 1080)), ("\"enormous\"", null), ("\"6000x1000\"", null),
    ];

    private static readonly string[] ShapeNames = ["aspect_ratio", "aspect", "aspectRatio", "ratio", "ar"];

    private static readonly (string Written, Dimensions? Meant)[] Shapes =
    [
        ("1:1", new(1024, 1024)), ("16:9", new(2048, 1152)), ("9:16", new(1152, 2048)), ("3:2", new(1536, 1024)), ("2:3", new(1024, 1536)), ("21:9", new(1904, 816)), ("4:3", new(1472, 1104)), ("16/10", new(1536, 960)),
        ("landscape", new(1536, 1024)), ("5:1", null), ("cinematic", null),
    ];

    /// <summary>What other services have and this one does not, with a value that they take.</summary>
    private static readonly (string Name, string Value)[] Foreign =
    [
        ("seed", "42"), ("negative_prompt", "\"text, watermark\""), ("style", "\"vivid\""), ("model", "\"dall-e-3\""), ("steps", "30"), ("num_inference_steps", "28"), ("guidance_scale", "7.5"), ("cfg_scale", "7"),
        ("response_format", "\"b64_json\""), ("user", "\"me\""), ("moderation", "\"low\""), ("stream", "true"), ("input_fidelity", "\"high\""), ("sampler", "\"k_euler\""), ("style_preset", "\"anime\""), ("magic_prompt", "\"AUTO\""),
        ("prompt_upsampling", "true"), ("safety_tolerance", "2"), ("enable_safety_checker", "true"), ("go_fast", "true"), ("sync_mode", "true"), ("megapixels", "\"1\""), ("rendering_speed", "\"TURBO\""), ("stylize", "250"),
        ("chaos", "10"), ("personGeneration", "\"allow_adult\""), ("animated", "true"), ("duration", "5"), ("fps", "24"), ("layers", "true"), ("foo", "\"bar\""), ("lora", "[]"), ("tiling", "false"), ("raw", "true"),
    ];

    private static readonly (string Name, string Value)[] CountNames =
        [("n", "2"), ("num_images", "2"), ("numberOfImages", "\"2\""), ("number_of_images", "2"), ("num_outputs", "2"), ("batch_size", "2"), ("samples", "2"), ("Count", "2"), ("variations", "2")];

    private static readonly (string Argument, string Value)[] WrongValues =
    [
        ("quality", "\"hd\""), ("quality", "\"ultra\""), ("quality", "\"standard\""), ("quality", "\"best\""), ("quality", "90"), ("quality", "\"hihg\""), ("background", "\"none\""), ("background", "\"white\""), ("background", "\"transparnt\""),
        ("format", "\"gif\""), ("format", "\"mp4\""), ("format", "\"psd\""), ("format", "\"svg\""), ("format", "\"tiff\""), ("format", "\"bmp\""), ("count", "0"), ("count", "\"two\""), ("count", "25"), ("count", "1.5"),
        ("compression", "50"), ("view", "\"thumbnail\""), ("width", "1024"), ("height", "900"), ("resize_to", "\"big\""), ("resize_to", "\"3000x600\""), ("resize_to", "\"20000x20000\""), ("dry_run", "\"yes\""), ("fresh", "\"no\""),
        ("save_to", "\"/etc/fox.png\""), ("save_to", "\"~/fox.png\""), ("save_to", "\"fox.gif\""), ("cutout", "\"subject\""), ("preset", "\"huge\""), ("preset", "\"wide\""),
    ];

    /// <summary>Values of those that can mean one thing only, and how many images they make.</summary>
    private static readonly Dictionary<string, int> Meanings = new() { ["\"wide\""] = 1, ["\"two\""] = 2, ["\"yes\""] = 0, ["\"no\""] = 1 };

    private static readonly (int Width, int Height)[] Canvases =
        [(1920, 1080), (5000, 5000), (32, 32), (2400, 3600), (1000, 1000), (7200, 10800), (3840, 480), (480, 480), (1024, 1000), (100, 1000), (4096, 4096), (1080, 1920), (1280, 721)];

    private static readonly (string Name, string Value)[] BaseNames =
        [("image", "\"photo.png\""), ("image_url", "\"photo.png\""), ("input_image", "\"photo.png\""), ("init_image", "\"photo.png\""), ("images", "[\"photo.png\"]"), ("reference_images", "[\"photo.png\", \"disc.png\"]"), ("references", "[{\"image\": \"photo.png\"}]"), ("imagePath", "\"photo.png\"")];

    /// <summary>What models write for an image that is there as photo.png, mira-turnaround.png, or under an id.</summary>
    private static readonly string[] NearNames =
        ["phto.png", "photo.jpg", "Photo.PNG", "mira-turnarond.png", "mira_turnaround.png", "inbox/photo.png", "images/photo.png", "{id-}", "{id+}", "{id?}", "photos.png", "the lighthouse at dusk", "last image"];

    private static readonly string[] Regions =
    [
        "[0.2, 0.2, 0.4, 0.3]", "[[0.1, 0.1, 0.3, 0.3]]", "{\"left\": 0.2, \"top\": 0.2, \"right\": 0.4, \"bottom\": 0.4}", "{\"x1\": 0.2, \"y1\": 0.2, \"x2\": 0.4, \"y2\": 0.4}", "{\"xmin\": 40, \"ymin\": 30, \"xmax\": 80, \"ymax\": 60, \"units\": \"px\"}",
        "{\"shape\": \"circle\", \"cx\": 0.3, \"cy\": 0.4, \"r\": 0.1}", "{\"center\": [0.5, 0.5], \"radius\": 0.2}", "{\"x\": \"20%\", \"y\": \"20%\", \"width\": \"30%\", \"height\": \"10%\"}", "{\"x\": 20, \"y\": 20, \"width\": 30, \"height\": 10, \"units\": \"percent\"}",
        "{\"points\": [{\"x\": 0.1, \"y\": 0.1}, {\"x\": 0.5, \"y\": 0.1}, {\"x\": 0.3, \"y\": 0.6}]}", "[[0.1, 0.1], [0.5, 0.1], [0.3, 0.6]]", "\"top of the box\"", "\"top-right\"", "\"the lid\"", "{\"x\": 0.75, \"y\": 0.5, \"width\": 0.9, \"height\": 0.9}",
        "{\"x\": 40, \"y\": 30, \"width\": 40, \"height\": 30}", "{\"x\": 0.2, \"y\": 0.2, \"w\": 0.3, \"h\": 0.3}", "{\"x\": 0.2, \"y\": 0.2, \"width\": 0, \"height\": 0.3}", "{\"x\": 0.2, \"y\": 0.2}", "{\"shape\": \"star\", \"x\": 0.2, \"y\": 0.2, \"width\": 0.3, \"height\": 0.3}",
        "{\"shape\": \"Rectangle\", \"x\": 0.2, \"y\": 0.2, \"width\": 0.3, \"height\": 0.3, \"label\": \"lid\"}", "{\"box\": [0.1, 0.1, 0.2, 0.2]}", "{\"x\": 0.6, \"y\": 0.2, \"width\": 0.7, \"height\": 0.3}", "\"0.2, 0.2, 0.4, 0.1\"",
    ];

    private static readonly string[] References =
    [
        "\"photo.png\"", "[\"photo.png\", \"disc.png\"]", "[{\"url\": \"photo.png\"}]", "[{\"path\": \"photo.png\", \"type\": \"style\"}]", "[{\"image\": \"photo.png\", \"role\": \"Style\"}]", "[{\"image\": \"photo.png\", \"role\": \"character\"}]", "[{\"image\": \"photo.png\", \"role\": \"face\"}]",
        "[{\"image\": \"photo.png\", \"role\": [\"identity\", \"style\"]}]", "[{\"image\": \"photo.png\", \"role\": \"base\"}, {\"image\": \"disc.png\", \"role\": \"base\"}]", "[{\"image\": \"photo.png\", \"weight\": 0.5}]", "[{\"image\": \"photo.png\", \"role\": \"hero\"}]", "[{\"image\": \"phto.png\"}, {\"image\": \"dsc.png\"}]",
        "{\"image_url\": \"photo.png\"}", "[{\"image\": \"photo.png\", \"full_size\": \"yes\"}]", "[{\"image\": \"photo.png\", \"role\": \"backgroud\"}]",
    ];

    private static readonly (string Tool, string Arguments)[] Others =
    [
        ("list_images", "{\"last\": 5}"), ("list_images", "{\"limit\": 500}"), ("list_images", "{\"q\": \"lighthouse\"}"), ("list_images", "{\"count\": 3}"), ("list_images", "{\"page\": 2}"), ("list_images", "{\"cursor\": \"2\"}"), ("list_images", "{\"sort\": \"newest\"}"), ("list_images", "{\"limit\": \"all\"}"),
        ("list_presets", "{\"topic\": \"cost\"}"), ("list_presets", "{\"topic\": \"pricing\"}"), ("list_presets", "{\"topic\": \"storybord\"}"), ("list_presets", "{\"topic\": \"xyzzy\"}"), ("list_presets", "{\"name\": \"sizes\"}"), ("list_presets", "{\"topic\": \"gif animation\"}"), ("list_presets", "{\"topic\": 5}"),
        ("view_image", "{\"image\": \"phto.png\"}"), ("view_image", "{\"path\": \"photo.png\"}"), ("view_image", "{\"id\": \"{id}\"}"), ("view_image", "{\"image\": \"photo.png\", \"max_edge\": 10}"), ("view_image", "{\"image\": \"photo.png\", \"size\": 512}"), ("view_image", "{\"image\": \"photo.png\", \"crop\": \"top-right\"}"),
        ("view_image", "{\"image\": \"photo.png\", \"crop\": {\"x\": 0.75, \"y\": 0}}"), ("view_image", "{\"image\": \"photo.png\", \"crop\": {\"x\": 0.5, \"y\": 0.5, \"width\": 0.9, \"height\": 0.9}}"), ("view_image", "{\"image\": \"photo.png\", \"crop\": [0, 0, 0.5, 0.5]}"), ("view_image", "{\"image\": \"photo.png\", \"region\": {\"x\": 0, \"y\": 0, \"width\": 0.5, \"height\": 0.5}}"),
        ("view_image", "{\"image\": \"{id-}\"}"), ("view_image", "{\"image\": \"photo.png\", \"zoom\": 2}"), ("view_image", "{\"image\": \"photo.png\", \"crop\": {\"x\": \"10%\", \"y\": \"10%\", \"width\": \"50%\", \"height\": \"50%\"}}"),
        ("remove_background", "{\"image\": \"dsc.png\"}"), ("remove_background", "{\"image\": \"disc.png\", \"format\": \"jpeg\"}"), ("remove_background", "{\"image\": \"disc.png\", \"prompt\": \"x\"}"), ("remove_background", "{\"image\": \"disc.png\", \"method\": \"ai\"}"), ("remove_background", "{\"image_path\": \"disc.png\"}"),
        ("remove_background", "{\"image\": \"disc.png\", \"width\": 512, \"height\": 512}"), ("remove_background_hint", "{\"image\": \"dsc.png\"}"), ("remove_background_hint", "{\"url\": \"disc.png\"}"), ("compose_board", "{\"images\": [\"phto.png\", \"disc.png\"]}"), ("compose_board", "{\"images\": \"photo.png\", \"cols\": 2}"), ("compose_board", "{\"images\": [\"photo.png\", \"disc.png\"], \"captions\": [\"a\", \"b\", \"c\"]}"),
        ("compose_board", "{\"images\": [\"photo.png\"], \"columns\": 0}"), ("compose_board", "{\"images\": [\"photo.png\"], \"labels\": [\"a\"]}"),
    ];

    /// <param name="id">The id of an image that is there, a lighthouse at dusk.</param>
    public static IReadOnlyList<WrongCall> Create(string id) =>
    [
        .. from name in SizeNames from size in Sizes select Drawing($"{name} {size.Written}", $"\"{name}\": {size.Written}") with { Means = size.Meant is null ? null : 1, Size = size.Meant },
        .. from name in ShapeNames from shape in Shapes select Drawing($"{name} {shape.Written}", $"\"{name}\": \"{shape.Written}\"") with { Means = shape.Meant is null ? null : 1, Size = shape.Meant },
        .. Foreign.Select(argument => Drawing(argument.Name, $"\"{argument.Name}\": {argument.Value}")),
        .. CountNames.Select(argument => Drawing(argument.Name, $"\"{argument.Name}\": {argument.Value}") with { Means = 2 }),
        .. WrongValues.Select(argument => Drawing($"{argument.Argument} {argument.Value}", $"\"{argument.Argument}\": {argument.Value}") with { Means = Meanings.TryGetValue(argument.Value, out var images) ? images : null }),
        .. Canvases.Select(canvas => Drawing($"{canvas}", $"\"width\": {canvas.Width}, \"height\": {canvas.Height}")),
        .. BaseNames.Select(argument => Drawing($"{argument.Name} of {Generate}", $"\"{argument.Name}\": {argument.Value}")),
        .. NearNames.Select(name => Fill(new WrongCall($"near {name}", Edit, $"{{\"prompt\": \"at night\", \"references\": [{{\"image\": \"{name}\", \"role\": \"base\"}}]}}"), id)),
        .. References.Select(references => new WrongCall($"references {references}", Edit, $"{{\"prompt\": \"a hat\", \"references\": {references}}}") { Means = 1 }),
        .. Regions.Select(region => new WrongCall($"region {region}", Inpaint, $"{{\"prompt\": \"a hat\", \"image\": \"photo.png\", \"region\": {region}}}") { Means = 1 }),
        .. from seed in Enumerable.Range(0, 60) select CreatePair(seed),
        .. Others.Select(call => Fill(new WrongCall("other", call.Tool, call.Arguments) { Means = 1 }, id)),
    ];

    /// <summary>Two mistakes at once.</summary>
    private static WrongCall CreatePair(int seed)
    {
        var random = new Random(seed);
        var (foreign, value) = (Foreign[random.Next(Foreign.Length)], WrongValues[random.Next(WrongValues.Length)]);
        return Drawing($"{foreign.Name} and {value.Argument} {value.Value}", $"\"{foreign.Name}\": {foreign.Value}, \"{value.Argument}\": {value.Value}");
    }

    private static WrongCall Drawing(string name, string arguments) => new(name, Generate, $"{{\"prompt\": \"a lone fox\", {(arguments.Contains("view", StringComparison.Ordinal) ? "" : "\"view\": \"none\", ")}{arguments}}}");

    private static WrongCall Fill(WrongCall call, string id) => call with
    {
        Arguments = call.Arguments.Replace("{id-}", id[..^1], StringComparison.Ordinal).Replace("{id+}", id + "x", StringComparison.Ordinal)
            .Replace("{id?}", string.Concat(id.AsSpan(0, 8), id[8] is 'a' ? "b" : "a", id.AsSpan(9)), StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal),
    };
}
