using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;

namespace GptImage2.Mcp.Tests.Tools.Matting;

/// <summary>What is in doubt of a cut-out, as a client reads it.</summary>
public sealed class CutoutFindingsTests
{
    private static readonly Dimensions Size = new(240, 180);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Specks_and_a_cropped_subject_are_told_in_the_text_and_as_json()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        server.PutIntoInbox("cup.png", Draw((x, y) => (x is >= 70 and < 170 && y >= 60) || (x is >= 20 and < 23 && y is >= 30 and < 32)));

        var made = await server.CallAsync("remove_background", """{"image": "cup.png", "method": "key"}""");

        var image = made.Json.GetProperty("images")[0];
        image.GetProperty("cutout").GetRawText().ShouldBe("""{"profile":"icon","findings":["stray_pixels","edge_contact"]}""");
        made.Text.ShouldContain("of it is transparent (icon)");
        string[] warnings = [.. made.Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];
        var id = image.GetProperty("id").GetString();
        foreach (var expected in (string[])[$"Image {id}: a speck of 3x2 at 20,30, away from the subject.", $"Image {id}: the subject is cropped by the border: bottom (42 % of it)."])
        {
            warnings.ShouldContain(warning => warning.StartsWith(expected, StringComparison.Ordinal));
            made.Text.ShouldContain(expected);
        }
    }

    [Fact]
    public async Task Of_a_clean_one_nothing_is_said_but_what_it_is_taken_for()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        server.PutIntoInbox("cup.png", Draw((x, y) => x is >= 70 and < 170 && y is >= 60 and < 150));

        var made = await server.CallAsync("remove_background", """{"image": "cup.png", "method": "key"}""");

        made.Json.GetProperty("images")[0].GetProperty("cutout").GetRawText().ShouldBe("""{"profile":"icon"}""");
        made.Text.ShouldNotContain("Image img_");
    }

    private static byte[] Draw(Func<int, int, bool> isSubject) =>
        new PngPixels(Size, [.. Enumerable.Range(0, Size.Height).SelectMany(y => Enumerable.Range(0, Size.Width).SelectMany(x => isSubject(x, y) ? (byte[])[200, 40, 30, 255] : [255, 255, 255, 255]))])
            .Encode(alpha: false);
}
