using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;

namespace GptImage2.Edits.Repairs;

/// <summary>
/// Calls as models that know only the tool list really sent them, and that once led nowhere or to the wrong image. Each does what was meant, or its
/// refusal ends with the finished call. {id} is an image of a lone fox; {id-} is its id with the last letter missing.
/// </summary>
public sealed class SloppyCallTests(SloppyCallTests.Studio studio) : IClassFixture<SloppyCallTests.Studio>
{
    private const string Fox = "\"prompt\": \"a lone fox\", \"dry_run\": true";

    [Theory]
    [InlineData("generate_image", $$"""{ {{Fox}}, "preset": "21:9"}""", "1 image of 1904x816")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "preset": "1920x1080"}""", "Delivered at 1920x1080")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "aspect_ratio": "16:9"}""", "1 image of 2048x1152")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "aspect_ratio": "21:9"}""", "1 image of 1904x816")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "size": "1920x1080"}""", "Delivered at 1920x1080")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "size": "1024x1024"}""", "1 image of 1024x1024")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "aspect": "2:3", "size": "max"}""", "1 image of 2336x3504")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "resize_to": "7200x10800"}""", "1 image of 2336x3504")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "resize_to": [1920, 1080]}""", "Delivered at 1920x1080")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "resize_to": {"width": 1920, "height": 1080} }""", "Delivered at 1920x1080")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "resize_to": "1920 x 1080px"}""", "Delivered at 1920x1080")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "format": "jpg"}""", "jpeg, by")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "n": 4}""", "4 images of")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "width": "1024", "height": "1024", "count": "4"}""", "4 images of 1024x1024")]
    [InlineData("view_image", """{"image": "{base64}"}""", "is 160x120")]
    [InlineData("view_image", """{"image": "photo.png", "crop": {"x": 0.75, "y": 0}}""", "the part 40x120 at 120,0")]
    [InlineData("view_image", """{"image": "photo.png", "crop": "top-right"}""", "the part 80x60 at 80,0")]
    [InlineData("view_image", """{"image": ["photo.png", "{id}"]}""", "1.")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": "photo.png", "dry_run": true}""", "Image 1: base")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "image": "photo.png", "dry_run": true}""", "Image 1: base")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": ["photo.png", "{id}"], "dry_run": "yes"}""", "Image 1: object")]
    [InlineData("compose_board", """{"images": "photo.png, mira-turnaround.png", "captions": "a, b", "dry_run": 1}""", "by board (local)")]
    [InlineData("compose_board", """{"images": [{"image": "photo.png", "caption": "a"}], "dry_run": true}""", "by board (local)")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": [{"image": "photo.png"}], "dry_run": true}""", "Image 1: base")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": {"base": "photo.png", "style": "{id}"}, "dry_run": true}""", "Image 2: style")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": "photo.png, {id}", "dry_run": true}""", "Image 2: object")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "format": "webp", "compression": 0.8}""", "webp, by")]
    [InlineData("list_presets", """{"topic": "pricing"}""", "Sizes of")]
    [InlineData("list_presets", """{"topic": "cost"}""", "# Quality, count and cost")]
    [InlineData("list_presets", """{"topic": "aspect ratios"}""", "Sizes of")]
    [InlineData("list_presets", """{"topic": "jobs"}""", "# Quality, count and cost")]
    [InlineData("list_presets", """{"topic": "gif animation"}""", "Animation and video: there is no gif")]
    [InlineData("list_images", """{"last": 5}""", "newest first")]
    [InlineData("list_images", """{"query": "hero landing page fox"}""", "lone fox")]
    [InlineData("check_job", "{}", "done")]
    [InlineData("check_job", """{"job": "last"}""", "Made 1 image")]
    public async Task It_does_what_was_meant(string tool, string arguments, string told)
    {
        var result = await studio.Server.CallAsync(tool, studio.Fill(arguments));

        result.IsError.ShouldNotBe(true, result.Text);
        result.Text.ShouldContain(told);
    }

    [Theory]
    [InlineData("""{"left": 0.2, "top": 0.2, "right": 0.4, "bottom": 0.4}""", "4.00")]
    [InlineData("[0.2, 0.2, 0.4, 0.1]", "4.00")]
    [InlineData("""[{"x": "20%", "y": "20%", "width": "40%", "height": "10%"}]""", "4.00")]
    [InlineData("""{"x": 20, "y": 20, "width": 40, "height": 10, "units": "percent"}""", "4.00")]
    [InlineData("""{"x": 0.2, "y": 0.2, "right": 0.6, "bottom": 0.3}""", "4.00")]
    [InlineData("""{"cx": 0.4, "cy": 0.25, "width": 0.4, "height": 0.1}""", "4.00")]
    [InlineData("""{"x": "20%", "y": "20%", "width": "40%", "height": "10%", "units": "percent"}""", "4.00")]
    [InlineData("""{"points": [{"x": 0, "y": 0}, {"x": 0.5, "y": 0}, {"x": 0.5, "y": 0.5}, {"x": 0, "y": 0.5}]}""", "25.00")]
    public async Task A_region_in_other_words_is_that_region(string region, string coverage)
    {
        var result = await studio.Server.CallAsync("inpaint_region", $$"""{"prompt": "a hat", "image": "photo.png", "region": {{region}}, "dry_run": true}""");

        result.IsError.ShouldNotBe(true, result.Text);
        result.Text.ShouldContain($"{coverage} % of the image would change");
    }

    [Theory]
    [InlineData("generate_image", $$"""{ {{Fox}}, "width": 1920, "height": 1080}""", """generate_image {"prompt":"a lone fox","dry_run":true,"resize_to":"1920x1080"}""")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "width": 32, "height": 32}""", """generate_image {"prompt":"a lone fox","dry_run":true,"resize_to":"32x32"}""")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "width": 5000, "height": 5000}""", """generate_image {"prompt":"a lone fox","dry_run":true,"resize_to":"5000x5000"}""")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "width": 2400, "height": 3600}""", """generate_image {"prompt":"a lone fox","dry_run":true,"resize_to":"2400x3600"}""")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "resize_to": "3000x600"}""", """generate_image {"prompt":"a lone fox","dry_run":true,"resize_to":"3000x1000"}""")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "preset": "wide_hd", "resize_to": "1080x1920"}""", """generate_image {"prompt":"a lone fox","dry_run":true,"resize_to":"1080x1920"}""")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "image": "mira-turnaround.png"}""", """edit_with_references {"prompt":"a lone fox","dry_run":true,"references":[{"image":"mira-turnaround.png","role":"base"}]}""")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "references": [{"image": "photo.png", "role": "style"}]}""", """edit_with_references {"prompt":"a lone fox","dry_run":true,"references":[{"image":"photo.png","role":"style"}]}""")]
    [InlineData("generate_image", $$"""{ {{Fox}}, "format": "gif"}""", """generate_image {"prompt":"a lone fox","dry_run":true,"format":"png"}""")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": [{"image": "mira-turnarond.png"}]}""", """edit_with_references {"prompt":"a hat","references":[{"image":"mira-turnaround.png"}],"dry_run":true}""")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": [{"image": "photo.png", "role": ["identity", "style"]}]}""", """edit_with_references {"prompt":"a hat","references":[{"image":"photo.png","role":"identity","note":"Take its style too."}]}""")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": [{"image": "photo.png", "role": "base"}, {"image": "{id}", "role": "base"}]}""", """edit_with_references {"prompt":"a hat","references":[{"image":"photo.png","role":"base"},{"image":"{id}","role":"object"}]}""")]
    [InlineData("generate_image", """{"prompt": "a fox", "cutout": "subject", "dry_run": true}""", """generate_image {"prompt":"a fox","cutout":true,"dry_run":true}""")]
    [InlineData("generate_image", """{"prompt": "a fox", "quality": "高"}""", """generate_image {"prompt":"a fox","dry_run":true}""")]
    [InlineData("generate_image", """{"prompt": "a fox", "quality": "max", "dry_run": true}""", """generate_image {"prompt":"a fox","quality":"high","dry_run":true}""")]
    [InlineData("generate_image", """{"prompt": "a fox", "background": "#ff0000", "dry_run": true}""", """generate_image {"prompt":"a fox. The background is plain #ff0000.","dry_run":true,"background":"opaque"}""")]
    [InlineData("generate_image", """{"prompt": "a fox", "preset": "square", "width": 1024, "height": 1536, "dry_run": true}""", """generate_image {"prompt":"a fox","width":1024,"height":1536,"dry_run":true}""")]
    [InlineData("generate_image", """{"prompt": "a hat", "image": "photo.png", "mask": {"x": 0.2, "y": 0.2, "width": 0.2, "height": 0.2}}""", """inpaint_region {"prompt":"a hat","image":"photo.png","region":[{"x":0.2,"y":0.2,"width":0.2,"height":0.2}]}""")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": [{"image": "{id}", "role": "style"}, {"image": "photo.png", "role": "base"}], "region": [{"x": 0.2, "y": 0.2, "width": 0.2, "height": 0.2}]}""", """inpaint_region {"prompt":"a hat","image":"photo.png","region":[{"x":0.2,"y":0.2,"width":0.2,"height":0.2}],"references":[{"image":"{id}","role":"style"}]}""")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "image": "photo.png", "references": [{"image": "{id}", "role": "style"}]}""", """edit_with_references {"prompt":"a hat","references":[{"image":"photo.png","role":"base"},{"image":"{id}","role":"style"}]}""")]
    [InlineData("generate_image", """{"prompt": "a cat", "description": "for my blog"}""", """generate_image {"prompt":"a cat","dry_run":true}""")]
    [InlineData("generate_image", """{"prompt": "a cat", "count": 1, "variations": 4}""", """generate_image {"prompt":"a cat","count":1,"dry_run":true}""")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "image": "photo.png", "region": "center"}""", """inpaint_region {"prompt":"a hat","image":"photo.png","region":[{"x":0.25,"y":0.25,"width":0.5,"height":0.5}],"dry_run":true}""")]
    [InlineData("generate_image", """{"prompt": "a cat", "width": 1000}""", """generate_image {"prompt":"a cat","resize_to":"1000x1000"}""")]
    [InlineData("generate_image", """{"prompt": "a cat", "width": "1080", "height": "1920", "preset": "square"}""", """generate_image {"prompt":"a cat","resize_to":"1080x1920"}""")]
    [InlineData("generate_image", """{"prompt": "a cat", "preset": "wide_4k", "aspect_ratio": "9:16"}""", """generate_image {"prompt":"a cat","preset":"wide_4k","dry_run":true}""")]
    [InlineData("generate_image", """{"prompt": "a cat", "max_cost": 0.01}""", """generate_image {"prompt":"a cat","dry_run":true}""")]
    [InlineData("generate_image", """{"prompt": "a cat", "file": "photo.png"}""", """generate_image {"prompt":"a cat","dry_run":true,"save_to":"photo.png"}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png", "region": [0.1, 0.1, 0.5, 0.5]}""", """inpaint_region {"prompt":"a hat","image":"photo.png","dry_run":true,"region":[{"x":0.1,"y":0.1,"width":0.5,"height":0.5}]}""")]
    [InlineData("generate_image", """{"prompt": "a fox", "style_image": "photo.png"}""", """edit_with_references {"prompt":"a fox","references":[{"image":"photo.png","role":"style"}]}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png", "region": {"x": 0, "y": 0, "width": 1, "height": 1}}""", """edit_with_references {"prompt":"a hat","references":[{"image":"photo.png","role":"base"}]}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png", "region": {"x": 0, "y": 0, "width": 1, "height": 1}, "references": [{"image": "{id}", "role": "style", "note": "dark"}]}""", """edit_with_references {"prompt":"a hat","references":[{"image":"photo.png","role":"base"},{"image":"{id}","role":"style","note":"dark"}]}""")]
    [InlineData("view_image", """{"image": "IMG_20231105"}""", """view_image {"image":"IMG_20231105.png"}""")]
    [InlineData("view_image", """{"image": "hero.webp"}""", """view_image {"image":"{hero}"}""")]
    [InlineData("view_image", """{"image": "{id-}"}""", """view_image {"image":"{id}"}""")]
    [InlineData("view_image", """{"image": "the fox"}""", """view_image {"image":"{id}"}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png", "region": [{"shape": "circle", "cx": 0.3, "cy": 0.4, "r": 0.1}]}""", """inpaint_region {"prompt":"a hat","image":"photo.png","dry_run":true,"region":[{"shape":"ellipse","x":0.2,"width":0.2,"y":0.3,"height":0.2}]}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png", "region": "top of the box"}""", """view_image {"image":"photo.png"}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png"}""", """view_image {"image":"photo.png"}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png", "mask": "the lid"}""", """view_image {"image":"photo.png"}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png", "mask": {"x": 0.2, "y": 0.2, "width": 0.2, "height": 0.2}}""", """inpaint_region {"prompt":"a hat","image":"photo.png","region":[{"x":0.2,"y":0.2,"width":0.2,"height":0.2}]}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png", "region": {"x": 0.2, "y": 0.2, "width": 0.4, "height": 0.9}}""", """inpaint_region {"prompt":"a hat","image":"photo.png","region":[{"x":0.2,"y":0.2,"width":0.2,"height":0.7}]}""")]
    [InlineData("inpaint_region", """{"prompt": "a hat", "image": "photo.png", "region": {"x": 0.2, "y": 0.2, "width": 0.4, "height": 0.2}, "references": [{"image": "{id}", "role": "base"}]}""", """inpaint_region {"prompt":"a hat","image":"photo.png","region":[{"x":0.2,"y":0.2,"width":0.4,"height":0.2}],"references":[{"image":"{id}","role":"object"}]}""")]
    public async Task Its_refusal_ends_with_the_finished_call(string tool, string arguments, string call)
    {
        var refused = await studio.Server.CallAsync(tool, studio.Fill(arguments));

        refused.IsError.ShouldBe(true, refused.Text);
        refused.Text.ShouldEndWith("\nCall: " + studio.Fill(call));
        var (next, finished) = (call.Split(' ')[0], JsonNode.Parse(studio.Fill(call[call.IndexOf('{', StringComparison.Ordinal)..]))!.AsObject());
        if (next is "edit_with_references" or "inpaint_region")
        {
            finished["dry_run"] = true;
        }

        (await studio.Server.CallAsync(next, finished.ToJsonString())).IsError.ShouldNotBe(true);
    }

    [Theory]
    [InlineData("edit_with_references", """{"prompt": "put Image 7 in front of Image 1", "references": [{"image": "photo.png"}]}""", "prompt: expected mentions of Image 1 alone")]
    [InlineData("generate_image", """{"prompt": "put the goblin from Image 3 here"}""", "edit_with_references does")]
    [InlineData("edit_with_references", """{"prompt": "The fox wags its tail", "references": [{"image": "photo.png", "role": "base"}], "format": "mp4"}""", "there is no animation and no video here")]
    [InlineData("edit_with_references", """{"prompt": "a hat", "references": [{"image": "nope.png"}, {"image": "photo.png", "role": "hero"}], "count": 0}""", "references[0].image: there is no file \"nope.png\"")]
    [InlineData("generate_image", """{"prompt": "make the sky pink in tiger.png"}""", "generate_image sees no files (edit_with_references does)")]
    [InlineData("generate_image", """{"prompt": "a lone fox", "seed": 42}""", "no seed exists; keep an image you like and start from it")]
    public async Task Nothing_is_made_of_what_cannot_be(string tool, string arguments, string told)
    {
        var refused = await studio.Server.CallAsync(tool, arguments);

        refused.IsError.ShouldBe(true, refused.Text);
        refused.Text.ShouldContain(told);
        refused.Text.ShouldNotContain("\nMore: list_presets with topic \"model-limits\"");
    }

    /// <summary>One server that sketches, with a lone fox in its store, a copy of it, and files in its inbox.</summary>
    public sealed class Studio : IAsyncLifetime
    {
        private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("project-");
        private string _id = "";

        public McpHost Server { get; private set; } = null!;

        private string Hero => Path.Combine(_project.FullName, "public", "hero.webp");

        public async ValueTask InitializeAsync()
        {
            Server = await McpHost.StartAsync([("GPTIMAGE2_OUTPUTS__ROOTS", _project.FullName), ("GPTIMAGE2_INPUTS__ROOTS", _project.FullName)]);
            Server.PutIntoInbox("photo.png", PngEncoder.Gradient(new(160, 120), 1));
            Server.PutIntoInbox("mira-turnaround.png", PngEncoder.Gradient(new(160, 120), 2));
            Server.PutIntoInbox("IMG_20231105.png", PngEncoder.Gradient(new(160, 120), 4));
            var made = await Server.CallAsync("generate_image", $$"""{"prompt": "a lone fox", "quality": "low", "save_to": "{{Hero}}"}""");
            _id = made.Json.GetProperty("images")[0].GetProperty("id").GetString()!;
        }

        public string Fill(string text) => text.Replace("{id-}", _id[..^1], StringComparison.Ordinal).Replace("{id}", _id, StringComparison.Ordinal).Replace("{hero}", Hero, StringComparison.Ordinal)
            .Replace("{base64}", Convert.ToBase64String(PngEncoder.Gradient(new(160, 120), 3)), StringComparison.Ordinal);

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            _project.Delete(recursive: true);
        }
    }
}
