using System.Diagnostics;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Cast;

/// <summary>define_cast as a model uses it, over real files.</summary>
public sealed class DefineCastTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_kept_with_copies_of_its_images_and_is_there_for_another_server()
    {
        await using var first = await McpHost.StartAsync(cancellationToken: Cancellation);
        var original = first.PutIntoInbox("mira.png", PngEncoder.Gradient(new(640, 480), 1));

        var defined = await first.CallAsync("define_cast", """{"name":"Mira","kind":"character","traits":"red hair, parted left; scar over the right brow","images":[{"image":"mira.png","must_avoid":"the grey backdrop"}]}""");
        File.Delete(original);
        await using var second = await McpHost.StartAsync(root: first.Root, cancellationToken: Cancellation);
        var described = await second.CallAsync("define_cast", """{"name":"mira","action":"describe"}""");

        defined.IsError.ShouldNotBe(true, defined.Text);
        defined.Text.ShouldStartWith("Mira, a character, version 1.");
        described.Text.ShouldBe(defined.Text);
        described.Text.ShouldContain("Always: red hair, parted left; scar over the right brow");
        described.Text.ShouldContain("avoid: the grey backdrop");
        described.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        defined.Content.OfType<ImageContentBlock>().ShouldBeEmpty("who defines an entry knows its images");
        File.ReadAllText(Path.Combine(first.Root, "cast", "mira", "cast.json")).ShouldContain("scar over the right brow");
    }

    [Fact]
    public async Task A_damaged_image_is_refused_before_anything_is_kept()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var file = server.PutIntoInbox("torn.png", PngEncoder.Gradient(new(640, 480), 1));
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^2000]);

        var refused = await server.CallAsync("define_cast", """{"name":"Mira","images":[{"image":"torn.png"}]}""");

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain("images[0].image: expected an intact image");
        Directory.Exists(Path.Combine(server.Root, "cast", "mira")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_name_and_the_version_before()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        server.PutIntoInbox("mira.png", PngEncoder.Gradient(new(640, 480), 1));
        server.PutIntoInbox("coat.png", PngEncoder.Gradient(new(640, 480), 2));
        await server.CallAsync("define_cast", """{"name":"Mira","traits":"red hair","images":[{"image":"mira.png"}]}""");

        var winter = await server.CallAsync("define_cast", """{"name":"Mira","variants":[{"name":"winter","traits":"a blue wool coat","images":[{"image":"coat.png"}]}]}""");
        var shorter = await server.CallAsync("define_cast", """{"name":"Mira","traits":"red hair, cut short"}""");
        var without = await server.CallAsync("define_cast", """{"name":"Mira","variants":[{"name":"winter","remove":true}]}""");

        winter.Text.ShouldContain("version 2");
        winter.Text.ShouldContain("@Mira/winter");
        winter.Json.GetProperty("entry").GetProperty("images").GetArrayLength().ShouldBe(1);
        shorter.Text.ShouldContain("As winter: a blue wool coat");
        shorter.Text.ShouldContain("Always: red hair, cut short");
        without.Text.ShouldContain("Removed: Mira/winter.");
        without.Text.ShouldNotContain("@Mira/winter");
        shorter.Text.ShouldContain("Traits until now, which are no longer said: red hair");
        Directory.EnumerateFiles(Path.Combine(server.Root, "cast", "mira"), "cast*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["cast.json", "cast.v1.json", "cast.v2.json", "cast.v3.json"]);
        Directory.EnumerateFiles(Path.Combine(server.Root, "cast", "mira"), "*.png").Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"name":"Mira Lane","traits":"tall"}""", """Call: define_cast {"name":"Mira-Lane","traits":"tall"}""")]
    [InlineData("""{"name":"@Mira","traits":"tall"}""", """Call: define_cast {"name":"Mira","traits":"tall"}""")]
    [InlineData("""{"name":"Mira","kind":"animal","traits":"tall"}""", """Call: define_cast {"name":"Mira","kind":"character","traits":"tall"}""")]
    [InlineData("""{"name":"Mira/winter","traits":"tall"}""", """Call: define_cast {"name":"Mira","traits":"tall"}""")]
    [InlineData("""{"name":"Mira","variants":["winter"]}""", "variants")]
    [InlineData("""{"name":"Mira","traits":"tall","variants":[{"name":"winter"}]}""", "@Mira/winter means something")]
    [InlineData("""{"name":"Mira","images":[{"image":"nowhere.png","role":"banana"}]}""", "images[0].role")]
    [InlineData("""{"name":"Mira"}""", "traits: expected traits, images or both")]
    [InlineData("""{"traits":"tall"}""", "name: expected")]
    [InlineData("""{"name":"Mira","images":[{"image":"nowhere.png"}]}""", "nowhere.png")]
    [InlineData("""{"name":"Mira","action":"describe"}""", "which is empty so far")]
    public async Task What_cannot_be_kept_is_refused_with_what_can_be_and_leaves_nothing(string arguments, string expected)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var refused = await server.CallAsync("define_cast", arguments);

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain(expected);
        Directory.Exists(Path.Combine(server.Root, "cast", "mira")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_entry_is_nobody_any_more_and_its_images_are_kept()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        server.PutIntoInbox("mira.png", PngEncoder.Gradient(new(640, 480), 1));
        await server.CallAsync("define_cast", """{"name":"Mira","images":[{"image":"mira.png"}]}""");

        var deleted = await server.CallAsync("define_cast", """{"name":"Mira","action":"delete"}""");
        var mentioned = await server.CallAsync("generate_image", """{"prompt":"@Mira runs"}""");

        deleted.Text.ShouldContain("no longer in the cast");
        mentioned.IsError.ShouldBe(true);
        Directory.EnumerateFiles(Path.Combine(server.Root, "cast", ".deleted"), "*.png", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_folder_of_a_project_is_read_and_never_changed_and_a_change_is_the_callers_own()
    {
        await using var author = await McpHost.StartAsync(cancellationToken: Cancellation);
        author.PutIntoInbox("mira.png", PngEncoder.Gradient(new(640, 480), 1));
        await author.CallAsync("define_cast", """{"name":"Mira","traits":"red hair","images":[{"image":"mira.png"}]}""");
        var project = Path.Combine(author.Root, "cast");
        var before = File.ReadAllText(Path.Combine(project, "mira", "cast.json"));
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_CAST", project)], cancellationToken: Cancellation);

        var shared = await server.CallAsync("define_cast", """{"name":"Mira","action":"describe"}""");
        var refused = await server.CallAsync("define_cast", """{"name":"Mira","action":"delete"}""");
        var changed = await server.CallAsync("define_cast", """{"name":"Mira","traits":"grey hair"}""");
        var drawn = await server.CallAsync("generate_image", """{"prompt":"@Mira runs","dry_run":true}""");

        shared.Text.ShouldContain("red hair");
        refused.Text.ShouldContain("GPTIMAGE2_CAST");
        changed.Text.ShouldContain("version 2");
        changed.Json.GetProperty("entry").GetProperty("images").GetArrayLength().ShouldBe(1);
        drawn.Json.GetProperty("prompt").GetString()!.ShouldContain("grey hair");
        File.ReadAllText(Path.Combine(project, "mira", "cast.json")).ShouldBe(before);
    }

    [Fact]
    public async Task A_link_in_a_folder_of_the_cast_leads_to_no_other_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right of their own there.");
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        server.PutIntoInbox("mira.png", PngEncoder.Gradient(new(640, 480), 1));
        await server.CallAsync("define_cast", """{"name":"Mira","images":[{"image":"mira.png"}]}""");
        var image = Directory.EnumerateFiles(Path.Combine(server.Root, "cast", "mira"), "*.png").Single();
        var secret = Path.Combine(server.Root, "secret.png");
        File.Move(image, secret);
        File.CreateSymbolicLink(image, secret);

        var drawn = await server.CallAsync("generate_image", """{"prompt":"@Mira runs","dry_run":true}""");
        var seen = await server.CallAsync("view_image", """{"image":"cast://Mira"}""");

        drawn.IsError.ShouldBe(true);
        drawn.Text.ShouldContain("is gone");
        seen.IsError.ShouldBe(true);
    }

    [Theory]
    [InlineData("*.png", "is no ordinary file")]
    [InlineData("cast.json", "no ordinary file")]
    public async Task A_pipe_in_the_place_of_a_file_keeps_nobody_waiting(string pattern, string told)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        await using var author = await McpHost.StartAsync(cancellationToken: Cancellation);
        author.PutIntoInbox("mira.png", PngEncoder.Gradient(new(640, 480), 1));
        await author.CallAsync("define_cast", """{"name":"Mira","images":[{"image":"mira.png"}]}""");
        var project = Path.Combine(author.Root, "cast");
        var file = Directory.EnumerateFiles(Path.Combine(project, "mira"), pattern).Single();
        File.Delete(file);
        using (var made = Process.Start("mkfifo", [file]))
        {
            await made.WaitForExitAsync(Cancellation);
        }

        await using var server = await McpHost.StartAsync([("GPTIMAGE2_CAST", project)], cancellationToken: Cancellation);
        var drawn = await server.CallAsync("generate_image", """{"prompt":"@Mira runs","dry_run":true}""");
        var changed = await server.CallAsync("define_cast", """{"name":"Mira","traits":"red hair"}""");

        drawn.IsError.ShouldBe(true);
        drawn.Text.ShouldContain(told);
        changed.IsError.ShouldBe(true);
        changed.Text.ShouldContain(told);
    }

    [Fact]
    public async Task A_kind_that_was_not_given_is_told_and_another_one_shows_the_images_otherwise()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        server.PutIntoInbox("mill.png", PngEncoder.Gradient(new(640, 480), 1));

        var silent = await server.CallAsync("define_cast", """{"name":"Mill","images":[{"image":"mill.png"}]}""");
        var changed = await server.CallAsync("define_cast", """{"name":"Mill","kind":"place"}""");
        var said = await server.CallAsync("define_cast", """{"name":"Bo","kind":"character","traits":"a brown dog"}""");

        silent.Text.ShouldEndWith("Its kind is character, because none was given; a call with kind: place or prop or style changes it.");
        silent.Json.GetProperty("summary").GetString().ShouldBe(silent.Text);
        changed.Text.ShouldStartWith("Mill, a place, version 2.");
        changed.Json.GetProperty("entry").GetProperty("images")[0].GetProperty("role").GetString().ShouldBe("environment");
        changed.Text.ShouldNotContain("none was given");
        said.Text.ShouldNotContain("none was given");
    }

    [Theory]
    [InlineData("../")]
    [InlineData(@"..\mira/")]
    [InlineData(".deleted/")]
    public async Task What_is_typed_for_a_name_leads_to_no_other_folder(string typed)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        await server.CallAsync("define_cast", """{"name":"Mira","traits":"red hair","variants":[{"name":"winter","traits":"a coat"}]}""");
        foreach (var elsewhere in (string[])[server.Root, Path.Combine(server.Root, "cast", ".deleted")])
        {
            Directory.CreateDirectory(elsewhere);
            File.Copy(Path.Combine(server.Root, "cast", "mira", "cast.json"), Path.Combine(elsewhere, "cast.json"));
        }

        var completed = await server.Client.CompleteAsync(new ResourceTemplateReference { Uri = "cast://{name}" }, "name", typed, cancellationToken: Cancellation);

        completed.Completion.Values.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broken_file_is_left_out_of_lists_and_named_where_it_is_meant()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        await server.CallAsync("define_cast", """{"name":"Mira","traits":"red hair"}""");
        await server.CallAsync("define_cast", """{"name":"Bo","traits":"a brown dog","kind":"character"}""");
        File.WriteAllText(Path.Combine(server.Root, "cast", "bo", "cast.json"), """{"name":"Bo","kind":"character","images":[{"file":"../../secret.png","sha256":"0","role":"identity"}]}""");

        var list = await server.CallAsync("list_presets", """{"topic":"cast"}""");
        var meant = await server.CallAsync("generate_image", """{"prompt":"@Bo runs"}""");

        list.Text.ShouldContain("@Mira");
        list.Text.ShouldNotContain("@Bo");
        meant.IsError.ShouldBe(true);
        meant.Text.ShouldContain(Path.Combine("bo", "cast.json"));
    }

    [Fact]
    public async Task Entries_are_resources_with_a_picture_and_their_names_are_completed()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        server.PutIntoInbox("mira.png", PngEncoder.Gradient(new(640, 480), 1));
        await server.CallAsync("define_cast", """{"name":"Mira","traits":"red hair","images":[{"image":"mira.png"}],"variants":[{"name":"winter","traits":"a coat"}]}""");
        await server.CallAsync("define_cast", """{"name":"Mill","kind":"place","traits":"a mill by a river"}""");

        var listed = await server.Client.ListResourcesAsync(cancellationToken: Cancellation);
        var read = await server.Client.ReadResourceAsync("cast://Mira", cancellationToken: Cancellation);
        var names = await server.Client.CompleteAsync(new ResourceTemplateReference { Uri = "cast://{name}" }, "name", "mi", cancellationToken: Cancellation);
        var inPrompt = await server.Client.CompleteAsync(new PromptReference { Name = "character-scene" }, "scene", "rain on @Mira/", cancellationToken: Cancellation);
        var seen = await server.CallAsync("view_image", """{"image":"cast://Mira"}""");

        listed.Select(resource => resource.Uri).ShouldContain("cast://Mira");
        read.Contents.OfType<TextResourceContents>().ShouldHaveSingleItem().Text.ShouldContain("red hair");
        read.Contents.OfType<BlobResourceContents>().ShouldHaveSingleItem();
        names.Completion.Values.ShouldBe(["Mill", "Mira"]);
        inPrompt.Completion.Values.ShouldBe(["rain on @Mira/winter"]);
        seen.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
    }
}
