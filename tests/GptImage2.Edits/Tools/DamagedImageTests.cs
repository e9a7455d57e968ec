using GptImage2.Edits.Hosts;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;

namespace GptImage2.Edits.Tools;

/// <summary>Half a photograph is refused before anything is sent, whoever would have read it, and where.</summary>
public sealed class DamagedImageTests
{
    private static readonly Dimensions Size = new(640, 480);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var format in (string[])["png", "jpg", "webp"])
            {
                foreach (var call in Calls.Keys)
                {
                    cases.Add(format, call);
                }
            }

            return cases;
        }
    }

    /// <summary>Tool, and arguments with the file's name for #.</summary>
    private static Dictionary<string, (string Tool, string Arguments, string Blamed)> Calls { get; } = new()
    {
        ["as the base"] = ("edit_with_references", """{"prompt":"a hat","references":[{"image":"#","role":"base"}]}""", "references[0].image"),
        ["as a base of another shape"] = ("edit_with_references", """{"prompt":"a hat","references":[{"image":"#","role":"base"}],"width":1024,"height":1536}""", "references[0].image"),
        ["as a reference, whole"] = ("edit_with_references", """{"prompt":"a hat","references":[{"image":"#","role":"style","full_size":true}]}""", "references[0].image"),
        ["with a region in the half that is there"] = ("inpaint_region", """{"image":"#","prompt":"a hat","region":[{"x":0.1,"y":0.05,"width":0.3,"height":0.2}]}""", "image"),
        ["with a region in the half that is not"] = ("inpaint_region", """{"image":"#","prompt":"a hat","region":[{"x":0.1,"y":0.7,"width":0.3,"height":0.2}]}""", "image"),
        ["on a board"] = ("compose_board", """{"images":["#"]}""", "images[0]"),
        ["cut out"] = ("remove_background", """{"image":"#"}""", "image"),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Nothing_is_sent_and_the_image_is_named(string format, string call)
    {
        await using var host = await ServerHost.StartAsync();
        var (tool, arguments, blamed) = Calls[call];
        var name = host.Put($"half.{format}", Halve(format));

        var refused = await host.CallRawAsync(tool, arguments.Replace("#", Path.GetFileName(name), StringComparison.Ordinal));

        refused.IsError.ShouldBe(true, refused.Text);
        refused.Text.ShouldContain($"unreadable_image: {blamed}: expected an intact image but received one that is damaged or cut short. Export or copy it again, or give another image.");
        refused.Text.ShouldNotContain("internal");
        host.Service.Orders.ShouldBeEmpty();
        host.Service.Requests.ShouldBeEmpty();
    }

    private static byte[] Halve(string format)
    {
        var whole = PngEncoder.Gradient(Size, 5);
        using var image = Image.Open(EncodedImage.FromMemory(whole));
        var file = format switch
        {
            "jpg" => image.Encode(new SaveOptions { Format = ImageFormat.Jpeg, Quality = 90 }),
            "webp" => image.Encode(new SaveOptions { Format = ImageFormat.Webp, Quality = 90 }),
            _ => whole,
        };
        return file[..(file.Length / 2)];
    }
}
