namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Mallory, with a token of her own, at Alice's images and upload.</summary>
internal static class ForeignImageAttacks
{
    private const string MadeUp = "img_abcdefghjkmnpqrs";

    public static IReadOnlyList<Attack> All { get; } =
    [
        Tool("another's image, viewed", "view_image", """{"image":"ID"}"""),
        Tool("another's image on a sheet", "view_image", """{"images":["ID","ID"]}"""),
        Tool("another's recipe", "view_image", """{"image":"ID","recipe":true}"""),
        Tool("another's image in detail", "view_image", """{"image":"ID","crop":{"x":0,"y":0,"width":1,"height":1}}"""),
        Tool("another's image as a reference", "edit_with_references", """{"prompt":"mine","references":[{"image":"ID"}]}"""),
        Tool("another's image as a reference, dry", "edit_with_references", """{"prompt":"mine","references":[{"image":"ID"}],"dry_run":true}"""),
        Tool("another's image in part", "inpaint_region", """{"prompt":"mine","image":"ID","region":"left half"}"""),
        Tool("another's image as a mask", "inpaint_region", """{"prompt":"mine","image":"brand.png","mask":"ID"}"""),
        Tool("another's image on a board", "compose_board", """{"images":["ID","brand.png"]}"""),
        Tool("another's image beside a storyboard", "create_storyboard", """{"panels":["mine","mine too"],"references":[{"image":"ID","role":"style"}]}"""),
        Tool("another's image without its background", "remove_background", """{"image":"ID"}"""),
        Tool("another's image by its address", "view_image", """{"image":"image://ID"}"""),
        Tool("another's image among wrong arguments", "view_image", """{"image":"ID","max_edge":"huge"}"""),
        Tool("another's image on the page", "studio_action", """{"action":"open","image":"ID"}"""),
        Tool("another's pixels on the page", "studio_action", """{"action":"part","image":"ID","x":0,"y":0,"width":1,"height":1}"""),
        Tool("another's image as a favourite", "studio_action", """{"action":"favourite","image":"ID","on":true}"""),
        Attack.Same("another's small picture", "studio_action thumbs", alice => alice.Image, MadeUp, (a, id) => a.CallAsync("studio_action", Fill("""{"action":"thumbs","images":["ID"]}""", id))),
        Attack.Harmless("the page's gallery", "studio_action list", a => a.CallAsync("studio_action", """{"action":"list"}"""), answer => answer.Body.ShouldNotContain("velvetmoon")),
        Upload("another's upload, viewed", "view_image", """{"image":"ID"}"""),
        Upload("another's upload as a reference", "edit_with_references", """{"prompt":"mine","references":[{"image":"ID"}]}"""),
        Resource("another's image as a resource", "image://ID"),
        Resource("another's preview", "image://ID/preview"),
        Resource("another's record", "image://ID/record"),
        Resource("another's record, escaped", "image://ID%2frecord"),
        Attack.Same("search by another's id", "list_images with Alice's id", alice => alice.Image, MadeUp, (a, id) => a.CallAsync("list_images", Fill("""{"query":"ID"}""", id))),
        Attack.Same("search by a part of another's id", "list_images with half of it", alice => alice.Image[4..12], "abcdefgh", (a, id) => a.CallAsync("list_images", Fill("""{"query":"ID"}""", id))),
        Attack.Same("search by another's words", "list_images with words of Alice's prompt", _ => "zanzibarquokka", "madagascarpanda", (a, word) => a.CallAsync("list_images", Fill("""{"query":"ID"}""", word))),
        Attack.Same("search by the beginning of a word", "a letter more each time", _ => "zanzib", "madaga", (a, word) => a.CallAsync("list_images", Fill("""{"query":"ID"}""", word))),
        Attack.Same("search by another's file", "list_images with the name of Alice's file", alice => alice.FileName, $"120000-a-fox-{MadeUp[4..]}.png", (a, name) => a.CallAsync("list_images", Fill("""{"query":"ID"}""", name))),
        Attack.Same("search by another's bytes", "list_images with Alice's hash", alice => alice.Hash, new string('a', 64), (a, hash) => a.CallAsync("list_images", Fill("""{"query":"ID"}""", hash))),
        Attack.Harmless("search as syntax", "the owner's column of the full-text index", a => a.CallAsync("list_images", """{"query":"owner : \"o\" OR prompt : zanzibarquokka*"}"""), answer => answer.Body.ShouldNotContain("velvetmoon")),
        Attack.Harmless("search as SQL", "' OR 1=1 --", a => a.CallAsync("list_images", """{"query":"' OR 1=1 --"}"""), answer => answer.Body.ShouldNotContain("velvetmoon")),
        Attack.Harmless("search with wildcards", "% and _ and *", a => a.CallAsync("list_images", """{"query":"% _ * img_%"}"""), answer => answer.Body.ShouldNotContain("velvetmoon")),
        Attack.Same("another's file by name", "view_image with the name of Alice's file", alice => alice.FileName, $"120000-a-zanzibarquokka-under-a-velvetmoon-{MadeUp[4..]}.png", (a, name) => a.CallAsync("view_image", Fill("""{"image":"ID"}""", name))),
        Attack.Same("another's cursor", "list_images goes on behind Alice's image", alice => alice.Cursor, $"c0_{MadeUp[4..]}", (a, cursor) => a.CallAsync("list_images", Fill("""{"cursor":"ID"}""", cursor))),
        Attack.Same("another's cursor of resources", "resources/list goes on behind Alice's image", alice => alice.Cursor, $"c0_{MadeUp[4..]}", (a, cursor) => a.AskAsync("resources/list", Fill("""{"cursor":"ID"}""", cursor))),
        Attack.Same("completion of another's id", "completion/complete of image:// with half of it", alice => alice.Image[..12], MadeUp[..12], (a, id) => a.AskAsync("completion/complete", Complete("image://{id}", "id", id))),
        Attack.Same("completion of another's file", "a prompt's image, with the name of Alice's file", alice => alice.FileName[..^8], "120000-a-fox-abcdefgh", (a, name) => a.AskAsync("completion/complete", CompletePrompt(name))),
        Attack.Same("another's image in a prompt", "prompts/get of product-mockup with Alice's image", alice => alice.Image, MadeUp, (a, id) => a.AskAsync("prompts/get", Fill("""{"name":"product-mockup","arguments":{"packshot":"ID","scene":"a table","prop":"a cup"}}""", id))),
        Attack.Same("subscription to another's image", "resources/subscribe", alice => alice.Image, MadeUp, async (a, id) => await a.SessionAsync(HttpMethod.Post, Fill("""{"jsonrpc":"2.0","id":1,"method":"resources/subscribe","params":{"uri":"image://ID"}}""", id), await a.Server.MallorySessionAsync(), a.Server.Mallory)),
        new("guess next to another's id", "view_image with Alice's id but for a letter: nothing is suggested", async a =>
        {
            var near = a.Server.Alice.Image[..^1] + (a.Server.Alice.Image[^1] is 'a' ? 'b' : 'a');
            var answer = await a.CallAsync("view_image", Fill("""{"image":"ID"}""", near));
            answer.Body.ShouldNotContain(a.Server.Alice.Image);
            return answer.ToString();
        }),
        new("another's image in capitals and blanks", "view_image with Alice's id, written otherwise", async a =>
        {
            List<string> got = [];
            foreach (var id in (string[])[a.Server.Alice.Image.ToUpperInvariant(), $" {a.Server.Alice.Image} ", $"{a.Server.Alice.Image}%00", $"IMAGE://{a.Server.Alice.Image}", $"{a.Server.Alice.Image}/../{a.Server.MalloryImage}"])
            {
                var answer = await a.CallAsync("view_image", new JsonObject { ["image"] = id }.ToJsonString());
                answer.Body.ShouldContain("\"isError\":true");
                got.Add(answer.ToString());
            }

            return got[0];
        }),
        Attack.Harmless("images://recent", "what was made last, by anybody", a => a.AskAsync("resources/read", """{"uri":"images://recent"}"""), answer => answer.Body.ShouldNotContain("velvetmoon")),
        Attack.Harmless("all resources", "resources/list", a => a.AskAsync("resources/list"), answer => answer.Body.ShouldNotContain("velvetmoon")),
        Attack.Harmless("the newest image", "view_image latest", a => a.CallAsync("view_image", """{"image":"latest"}"""), answer => answer.Body.ShouldNotContain("velvetmoon")),
        new("the same upload", "uploads Alice's bytes, to be told that they are there", async a =>
        {
            var bytes = Testing.Images.NoisePng.Create(new Imaging.Dimensions(64, 64), seed: 7);
            var answer = await a.UploadAsync(new ByteArrayContent(bytes), a.Server.Mallory);
            answer.Status.ShouldBe(201);
            answer.Body.ShouldNotContain(a.Server.Alice.Upload);
            return "201 an upload of one's own";
        }),
    ];

    private static Attack Tool(string name, string tool, string arguments) =>
        Attack.Same(name, $"{tool} {arguments.Replace("ID", "img_…", StringComparison.Ordinal)}", alice => alice.Image, MadeUp, (a, id) => a.CallAsync(tool, Fill(arguments, id)));

    private static Attack Upload(string name, string tool, string arguments) =>
        Attack.Same(name, $"{tool} {arguments.Replace("ID", "img_…", StringComparison.Ordinal)}", alice => alice.Upload, MadeUp, (a, id) => a.CallAsync(tool, Fill(arguments, id)));

    private static Attack Resource(string name, string uri) =>
        Attack.Same(name, $"resources/read {uri.Replace("ID", "img_…", StringComparison.Ordinal)}", alice => alice.Image, MadeUp, (a, id) => a.AskAsync("resources/read", new JsonObject { ["uri"] = Fill(uri, id) }.ToJsonString()));

    private static string Fill(string text, string value) => text.Replace("ID", value, StringComparison.Ordinal);

    private static string Complete(string template, string argument, string typed) =>
        new JsonObject { ["ref"] = new JsonObject { ["type"] = "ref/resource", ["uri"] = template }, ["argument"] = new JsonObject { ["name"] = argument, ["value"] = typed } }.ToJsonString();

    private static string CompletePrompt(string typed) =>
        new JsonObject { ["ref"] = new JsonObject { ["type"] = "ref/prompt", ["name"] = "product-mockup" }, ["argument"] = new JsonObject { ["name"] = "packshot", ["value"] = typed } }.ToJsonString();
}
