using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Models;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage.Local.Sqlite;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Verification;

namespace GptImage2.Generation.Tests.PostProcessing;

/// <summary>What is in doubt of a finished cut-out is in its record and in the job's warnings.</summary>
public sealed class CutoutVerificationTests
{
    private static readonly Dimensions Size = new(400, 300);
    private static readonly Colour Orange = new(230, 120, 30);
    private static readonly PixelArea Subject = new(100, 60, new Dimensions(200, 150));
    private static readonly PixelArea Speck = new(20, 30, new Dimensions(3, 4));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_speck_beside_what_was_cut_out_is_told_with_its_place()
    {
        await using var host = new WorkflowHost();

        var view = await host.AskAsync(Request(host, Draw(Colour.White, Subject, Speck)), Cancellation);

        var record = view.Images.ShouldHaveSingleItem().Record;
        view.Warnings.ShouldBe([$"Image {record.Id}: a speck of 3x4 at 20,30, away from the subject. Erase it where it is no part of it."]);
        record.Cutout.ShouldNotBeNull().Profile.ShouldBe(CutoutProfile.Icon);
        record.Cutout.Findings.ShouldHaveSingleItem().Area.ShouldBe(Speck);
    }

    [Fact]
    public async Task Where_all_is_well_only_the_profile_is_kept()
    {
        await using var host = new WorkflowHost();

        var view = await host.AskAsync(Request(host, Draw(Colour.White, Subject)), Cancellation);

        view.Warnings.ShouldBeEmpty();
        var cutout = view.Images.ShouldHaveSingleItem().Record.Cutout.ShouldNotBeNull();
        (cutout.Profile, cutout.Findings.Count).ShouldBe((CutoutProfile.Icon, 0));
    }

    [Fact]
    public async Task A_subject_that_the_model_drew_transparent_itself_is_inspected_too()
    {
        await using var host = new WorkflowHost();
        host.Backend.Draw = (size, _) => Encode(size, Colour.Transparent, [new PixelArea(300, 100, new Dimensions(size.Width - 300, size.Height - 100))]);

        var view = await host.AskAsync(WorkflowHost.Request() with { Background = ImageBackground.Transparent }, Cancellation);

        view.Warnings[^1].ShouldEndWith("the subject is cropped by the border: right (84 % of it), bottom (71 % of it). Place it against that border, or have an original with space around it.");
    }

    [Fact]
    public async Task A_rim_that_a_poor_cut_left_is_measured_against_the_image_that_was_drawn()
    {
        await using var host = new WorkflowHost();
        var thing = new PixelArea(200, 100, new Dimensions(400, 300));
        host.Backend.Draw = (size, _) => Encode(size, new Colour(0, 255, 0), [thing]);
        var drawn = (await host.AskAsync(WorkflowHost.Request(), Cancellation)).Images[0].Record;
        host.Backend.Draw = (size, _) => Encode(size, Colour.Transparent, [new PixelArea(198, 98, new Dimensions(404, 304))], new Colour(0, 255, 0), [thing]);
        var poor = (await host.AskAsync(WorkflowHost.Request("a poor cut"), Cancellation)).Images[0].Record;
        var plan = await host.PlanAsync(WorkflowHost.Request() with { Cutout = true, Backdrop = ChromaKey.ChooseFor("a lighthouse") });

        var (_, cutout) = host.GetService<PostProcessingSteps>().InspectCutout(plan, drawn, poor.File);

        cutout.ShouldNotBeNull().Findings.ShouldHaveSingleItem().Kind.ShouldBe(CutoutFindingKind.Halo);
    }

    [Fact]
    public async Task Where_the_original_is_gone_the_rest_is_inspected()
    {
        await using var host = new WorkflowHost();
        host.Backend.Draw = (size, _) => Encode(size, Colour.Transparent, [new PixelArea(200, 100, new Dimensions(400, 300)), new PixelArea(5, 7, new Dimensions(2, 2))]);
        var request = WorkflowHost.Request() with { Background = ImageBackground.Transparent };
        var view = await host.AskAsync(request, Cancellation);
        var record = view.Images[0].Record;
        var gone = record with { File = record.File with { Path = "gone.png" } };

        var (alpha, cutout) = host.GetService<PostProcessingSteps>().InspectCutout(await host.PlanAsync(request), gone, record.File);

        alpha.Kind.ShouldBe(AlphaKind.Transparent);
        cutout.ShouldNotBeNull().Findings.ShouldHaveSingleItem().Kind.ShouldBe(CutoutFindingKind.StrayPixels);
    }

    [Fact]
    public async Task What_a_crash_kept_from_being_told_is_told_once_from_the_record()
    {
        await using var host = new WorkflowHost();
        var request = Request(host, Draw(Colour.White, Subject, Speck));
        var made = await host.AskAsync(request, Cancellation);
        var state = JsonNode.Parse((await host.GetService<IJobStore>().FindJobAsync("local", made.Id, Cancellation))!.State)!.AsObject();
        foreach (var told in (bool[])[false, true])
        {
            state["warnings"] = new JsonArray([.. told ? made.Warnings.Select(warning => JsonValue.Create(warning)) : []]);
            state["images"] = new JsonArray();
            await host.GetService<SqliteImageCatalog>().Database.WriteAsync(
                connection => connection.Execute("UPDATE jobs SET ended = NULL, open = 1, took = NULL, process = 'gone', state = $state", ("$state", state.ToJsonString())), Cancellation);
            await using var next = new WorkflowHost(on: host);

            await next.GetService<JobRecovery>().RecoverOrphansAsync(Cancellation);

            var view = await (await next.Queries.FindAsync(Caller.Local, made.Id, Cancellation))!.GetSnapshotAsync(Cancellation);
            (view.Status, view.Images.ShouldHaveSingleItem().Record.Id).ShouldBe((JobStatus.Done, made.Images[0].Record.Id));
            view.Warnings.ShouldBe(made.Warnings);
        }
    }

    [Fact]
    public async Task A_record_says_it_in_words_that_are_read_back()
    {
        await using var host = new WorkflowHost();
        var view = await host.AskAsync(Request(host, Draw(Colour.White, new PixelArea(100, 60, new Dimensions(200, 240)), Speck)), Cancellation);
        var written = JsonNode.Parse(view.Images[0].Record.ToJson())!["cutout"]!;

        written["profile"]!.GetValue<string>().ShouldBe("icon");
        written["findings"]!.AsArray().Select(finding => finding!["kind"]!.GetValue<string>()).ShouldBe(["stray_pixels", "edge_contact"]);
        var read = (await host.Catalog.FindAsync("local", view.Images[0].Record.Id, Cancellation))!.Cutout.ShouldNotBeNull();
        read.Findings[0].ShouldBe(view.Images[0].Record.Cutout!.Findings[0]);
        read.Findings[1].Borders.ShouldBe([new BorderContact(ImageEdges.Bottom, 0.5)]);
    }

    [Fact]
    public void Every_kind_of_doubt_is_said_with_what_to_do()
    {
        CutoutFinding[] findings =
        [
            new(CutoutFindingKind.StrayPixels) { Count = 7, Area = Speck },
            new(CutoutFindingKind.Halo) { Share = 0.83, Light = true },
            new(CutoutFindingKind.Halo) { Share = 0.83, Light = false },
            new(CutoutFindingKind.EdgeContact) { Borders = [new(ImageEdges.Left, 0.25), new(ImageEdges.Bottom, 1)] },
            new(CutoutFindingKind.Checkerboard) { Area = Subject },
            new(CutoutFindingKind.SeeThrough) { Share = 0.0123, Area = Subject },
            new(CutoutFindingKind.OpenOutline) { Area = Speck },
        ];

        string[] texts = [.. findings.Select(finding => CutoutTexts.Describe("img_a", finding))];

        texts.ShouldAllBe(text => text.StartsWith("Image img_a: ", StringComparison.Ordinal) && text.EndsWith('.') && text.Length < 260);
        texts[0].ShouldContain("7 specks away from the subject, the largest of 3x4 at 20,30. Erase");
        texts[1].ShouldContain("along 83 % of its edge, which shows on darker grounds");
        texts[2].ShouldContain("lighter grounds");
        texts[3].ShouldContain("left (25 % of it), bottom (100 % of it)");
        texts[4].ShouldContain("200x150 at 100,60");
        texts[5].ShouldContain("1.2 % of it is half transparent");
        texts[6].ShouldContain("gap, 3x4 at 20,30");
    }

    private static BackgroundRemovalRequest Request(WorkflowHost host, byte[] image)
    {
        var path = Path.Combine(host.Folder, "scene.png");
        File.WriteAllBytes(path, image);
        return new BackgroundRemovalRequest
        {
            Prompt = "a thing",
            Size = Size,
            Image = new Reference { Image = path, Role = ReferenceRole.Base, Argument = "image" },
            Method = CutoutMethod.Key,
        };
    }

    private static byte[] Draw(Colour ground, params PixelArea[] things) => Encode(Size, ground, things);

    private static byte[] Encode(Dimensions size, Colour ground, PixelArea[] things, Colour? colour = null, PixelArea[]? above = null)
    {
        using var canvas = Image.FromColour(size, ground);
        var image = canvas.CopyToMemory();
        foreach (var (area, paint) in things.Select(area => (area, colour ?? Orange)).Concat((above ?? []).Select(area => (area, Orange))))
        {
            using var before = image;
            using var thing = Image.FromColour(area.Size, paint);
            image = before.Insert(thing, area.Left, area.Top);
        }

        using (image)
        {
            return image.Encode(new SaveOptions { Format = ImageFormat.Png });
        }
    }
}
