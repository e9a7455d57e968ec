using GptImage2.Faults.Harness;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Faults.Boards;

/// <summary>The playbook for a character that stays the same, by tool calls alone, with a new process for what comes a week later.</summary>
public sealed class PlaybookTests : IDisposable
{
    private const string Traits = "auburn bob, parted left; a scar over the right brow; a green raincoat with two toggles";

    private readonly TestFolders _folders = new();

    [Fact]
    public async Task From_the_turnaround_to_the_exported_board_the_character_is_who_it_was()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.DrawImage = (order, _) => PngEncoder.Gradient(order.Size, order.Prompt.Sum(letter => letter));

        var (sheet, turnaround) = await DefineAsync(service);
        await using var server = await StartAsync(service);
        var scene = await CallAsync(server, "generate_image", """{"prompt":"@Mira waits at a tram stop in the rain","quality":"low"}""");
        var board = await CallAsync(server, "create_storyboard", """
            {"title":"The last tram","style":"ink and two flat colours","quality":"low","panels":[
            {"action":"@Mira runs along the wet street","shot":"WS","camera":"tracking right","duration":3},
            {"action":"The tram pulls away","shot":"MS","caption":"23:58"},
            {"action":"@Mira looks after it","shot":"CU","dialogue":"MIRA: Of course."},
            {"action":"@Mira sits down on the kerb","shot":"FS"},
            {"action":"A second pair of shoes stops beside her","shot":"INS"},
            {"action":"@Mira looks up and laughs","shot":"CU","duration":4}]}
            """);
        var id = board.Structured.GetProperty("board").GetProperty("id").GetString()!;
        var night = await CallAsync(server, "update_storyboard", $$"""{"board":"{{id}}","panels":[{"panel":4,"action":"@Mira sits down on the kerb at night, under a street lamp"}]}""");
        var exported = await CallAsync(server, "export_storyboard", $$"""{"board":"{{id}}"}""");

        CheckOrders(service, sheet);
        CheckNight(board, night);
        scene.Structured.GetProperty("images").GetArrayLength().ShouldBe(1);
        var folder = exported.Structured.GetProperty("folder").GetString()!;
        Directory.GetFiles(folder).Length.ShouldBe(11);
        File.ReadAllBytes(Path.Combine(folder, "panel-04.png")).ShouldBe(File.ReadAllBytes(FindPicture(night, 4)));
        (await CallAsync(server, "view_image", $$"""{"image":"{{turnaround}}","recipe":true}""")).Text.ShouldContain("turnaround sheet");
        await server.CloseInputAsync();
        await server.ExitAsync();
    }

    public void Dispose() => _folders.Dispose();

    /// <summary>The first conversation: a turnaround, kept in the cast.</summary>
    /// <returns>The sheet's bytes, and its id.</returns>
    private async Task<(byte[] Sheet, string Id)> DefineAsync(StrictOpenAI service)
    {
        await using var server = await StartAsync(service);
        var turnaround = await CallAsync(server, "generate_image", """{"prompt":"A character turnaround sheet of a young woman: front, side, back","preset":"landscape","quality":"low"}""");
        var image = turnaround.Structured.GetProperty("images")[0];
        await CallAsync(server, "define_cast", $$"""{"name":"Mira","kind":"character","traits":"{{Traits}}","images":[{"image":"{{image.GetProperty("id").GetString()}}","must_avoid":"the row of views"}]}""");
        var sheet = await File.ReadAllBytesAsync(image.GetProperty("path").GetString()!, TestContext.Current.CancellationToken);
        await server.CloseInputAsync();
        await server.ExitAsync();
        return (sheet, image.GetProperty("id").GetString()!);
    }

    /// <summary>Where the character appears the turnaround is image 1 and the traits stand word for word; panels without her look like the first, and nothing else that was drawn is in any request.</summary>
    private static void CheckOrders(StrictOpenAI service, byte[] sheet)
    {
        var orders = service.Orders.Skip(1).ToArray();
        orders.Length.ShouldBe(8);
        var hers = orders.Where(order => order.Prompt.Contains("Mira", StringComparison.Ordinal)).ToArray();
        hers.Length.ShouldBe(6);
        hers.ShouldAllBe(order => order.Images.Count == 1 && Hash(order.Images[0]) == Hash(sheet));
        hers.ShouldAllBe(order => order.Prompt.StartsWith("Image 1 is an identity lock.") && order.Prompt.EndsWith($"\n\nMira, always: {Traits}."));
        var first = orders.Single(order => order.Prompt.Contains("runs along", StringComparison.Ordinal));
        var look = Hash(service.DrawImage(first, 0));
        orders.Except(hers).ShouldAllBe(order => order.Images.Count == 1 && Hash(order.Images[0]) == look);
    }

    /// <summary>Panel 4 has another picture and no other panel has.</summary>
    private static void CheckNight(ToolReply before, ToolReply after)
    {
        var (old, now) = (Pictures(before), Pictures(after));
        now.Where((_, index) => index is not 3).ShouldBe(old.Where((_, index) => index is not 3));
        now[3].ShouldNotBe(old[3]);
    }

    private static string[] Pictures(ToolReply reply) => [.. reply.Structured.GetProperty("board").GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("image").GetString()!)];

    private string FindPicture(ToolReply reply, int panel) =>
        _folders.ListImages().Single(file => Path.GetFileName(file).Contains(Pictures(reply)[panel - 1]["img_".Length..], StringComparison.Ordinal) && !file.Contains("storyboards", StringComparison.Ordinal));

    private async Task<ServerProcess> StartAsync(StrictOpenAI service)
    {
        var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();
        return server;
    }

    private static async Task<ToolReply> CallAsync(ServerProcess server, string tool, string arguments)
    {
        var reply = await server.CallAsync(tool, JsonNode.Parse(arguments)!.AsObject());
        reply.IsError.ShouldBeFalse(reply.Text);
        return reply;
    }

    private static string Hash(ReceivedImage image) => Convert.ToHexStringLower(SHA256.HashData(image.Bytes.Span));

    private static string Hash(byte[] image) => Convert.ToHexStringLower(SHA256.HashData(image));
}
