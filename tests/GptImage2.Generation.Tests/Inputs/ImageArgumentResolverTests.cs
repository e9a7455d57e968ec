using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs.Sources;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Previews;

namespace GptImage2.Generation.Tests.Inputs;

/// <summary>Every way to name an image that may be read.</summary>
public sealed class ImageArgumentResolverTests : IDisposable
{
    private readonly InputFilesFixture _ground = new();

    [Theory]
    [InlineData("fox.png")]
    [InlineData("./fox.png")]
    [InlineData(" fox.png\n")]
    [InlineData("{work}/fox.png")]
    [InlineData("{work}/none/../fox.png")]
    [InlineData("file://{work}/fox.png")]
    [InlineData("file:{work}/fox.png")]
    [InlineData("file://{work}/f%6Fx.png")]
    [InlineData("link-in.png")]
    public async Task A_file_below_a_folder_that_may_be_read(string text)
    {
        File.CreateSymbolicLink(Path.Combine(_ground.Work, "link-in.png"), "fox.png");

        using var found = await _ground.FindAsync(text);

        found.ReadHeader().Size.ShouldBe(new Dimensions(5, 4));
        found.Record.ShouldBeNull();
    }

    [Theory]
    [InlineData("a fox (1) [2] {3} $4 100%.png")]
    [InlineData("füchse 🦊.png")]
    [InlineData("-rf.png")]
    [InlineData("it's;me|you.png")]
    [InlineData("a%20fox.png")]
    [InlineData("img_short.png")]
    public async Task A_name_may_be_as_odd_as_people_make_it(string name)
    {
        File.Copy(Path.Combine(_ground.Work, "fox.png"), Path.Combine(_ground.Work, name));

        using var plain = await _ground.FindAsync(name);
        using var uri = await _ground.FindAsync("file://{work}/" + Uri.EscapeDataString(name));

        plain.ReadHeader().ShouldBe(uri.ReadHeader());
    }

    [Fact]
    public async Task A_bare_name_in_the_inbox()
    {
        using var found = await _ground.FindAsync("owl.gif");

        found.ReadHeader().Format.ShouldBe(ImageFormat.Gif);
    }

    [Theory]
    [InlineData("data:image/png;base64,{0}")]
    [InlineData("data:;base64,{0}")]
    [InlineData("DATA:image/png;charset=x;BASE64,{0}")]
    [InlineData("data:image/jpeg;base64, {0}\n")]
    public async Task A_data_URI_whatever_type_it_declares(string text)
    {
        using var found = await _ground.FindAsync(string.Format(null, text, Convert.ToBase64String(TinyImages.Png(7, 6))));

        found.ReadHeader().Format.ShouldBe(ImageFormat.Png);
    }

    [Fact]
    public void A_data_URI_in_the_alphabet_of_URLs_without_padding()
    {
        byte[] bytes = [0xFB, 0xFF, 0xBF, 0xFF];

        new ImageSourceParser("/inbox").Parse("data:;base64,-_-__w").ShouldBeOfType<ImageSource.Inline>().Bytes.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public async Task An_image_of_the_internet_also_for_a_caller_on_another_machine()
    {
        _ground.Internet.Response = TinyImages.Png(7, 6);

        using var found = await _ground.FindAsync("HTTPS://Example.com/fox.png?size=large", new Caller("me", LocalPathsAllowed: false));

        found.ReadHeader().Size.ShouldBe(new Dimensions(7, 6));
        _ground.Internet.RequestedAddresses.ShouldHaveSingleItem().AbsoluteUri.ShouldBe("https://example.com/fox.png?size=large");
    }

    [Fact]
    public async Task A_refusal_of_the_internet_names_the_argument()
    {
        var failure = await _ground.RefusalAsync("https://example.com/fox.png");

        failure.Message.ShouldBe("references[2].image: nothing there.");
        failure.Argument.ShouldBe("references[2].image");
    }

    [Fact]
    public async Task A_refusal_tells_how_a_user_allows_it()
    {
        (await _ground.RefusalAsync("/etc/passwd")).Message.ShouldContain("the user can add its folder to GPTIMAGE2_INPUTS__ROOTS");
        (await _ground.RefusalAsync("sandbox:/mnt/data/fox.png")).Message.ShouldContain($"save the image into {_ground.Storage.Inbox} and call again with its file name");
        (await _ground.RefusalAsync("http://example.com/fox.png")).Message.ShouldContain($"save the image into {_ground.Storage.Inbox} and call again with its file name");
        (await _ground.RefusalAsync("nothing.png")).Message.ShouldContain(_ground.Storage.Inbox);
    }

    [Fact]
    public async Task Damage_that_shows_only_in_the_pixels_is_blamed_on_the_argument_too()
    {
        var picture = TinyImages.Png(64, 64);
        File.WriteAllBytes(Path.Combine(_ground.Work, "cut.png"), picture[..60]);
        using var found = await _ground.FindAsync("cut.png");
        found.ReadHeader().Size.ShouldBe(new Dimensions(64, 64));

        var failure = Should.Throw<ImageException>(() => found.ReadWith(image => PreviewGenerator.Create(image))).Failure;

        failure.Code.ShouldBe(FailureCode.UnreadableImage);
        failure.Message.ShouldBe("references[2].image: expected an intact image but received one that is damaged or cut short. Export or copy it again, or give another image.");
    }

    [Fact]
    public async Task A_file_is_let_go_of_with_the_image()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what is open.");
        var path = Path.Combine(_ground.Work, "fox.png");
        using (await _ground.FindAsync("fox.png"))
        {
            IsOpen(path).ShouldBeTrue();
        }

        IsOpen(path).ShouldBeFalse();
    }

    public void Dispose() => _ground.Dispose();

    private static bool IsOpen(string path) => new DirectoryInfo("/proc/self/fd").EnumerateFiles().Any(file => file.LinkTarget == path);
}
