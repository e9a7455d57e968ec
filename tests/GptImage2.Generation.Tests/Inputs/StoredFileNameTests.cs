using GptImage2.Generation.Errors;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;

namespace GptImage2.Generation.Tests.Inputs;

/// <summary>The bare name of a stored image's file, as an argument.</summary>
public sealed class StoredFileNameTests : IDisposable
{
    private readonly InputFilesFixture _ground = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Names_the_stored_image_also_for_a_caller_on_another_machine(bool local)
    {
        var record = await _ground.StoreAsync();

        using var found = await _ground.FindAsync(Path.GetFileName(record.File.Path), new Caller("local", local));

        found.Record.ShouldBe(record);
        found.ReadHeader().Format.ShouldBe(ImageFormat.Gif);
    }

    [Theory]
    [InlineData("{work}")]
    [InlineData("{inbox}")]
    public async Task A_file_of_that_name_that_the_user_has_put_there_comes_first(string folder)
    {
        var name = Path.GetFileName((await _ground.StoreAsync()).File.Path);
        await File.WriteAllBytesAsync(Path.Combine(_ground.ExpandPlaceholders(folder), name), TinyImages.Png(7, 6), TestContext.Current.CancellationToken);

        using var found = await _ground.FindAsync(name);

        found.Record.ShouldBeNull();
        found.ReadHeader().Size.ShouldBe(new Dimensions(7, 6));
    }

    [Fact]
    public async Task Another_name_with_the_same_id_in_it_is_not_the_image()
    {
        var record = await _ground.StoreAsync();

        (await _ground.RefusalAsync($"cat-{record.Id["img_".Length..]}.gif")).Code.ShouldBe(FailureCode.NotFound);
    }

    [Fact]
    public async Task An_image_of_somebody_else_is_as_if_it_were_not_there()
    {
        var name = Path.GetFileName((await _ground.StoreAsync("alice")).File.Path);

        (await _ground.RefusalAsync(name)).Message.ShouldStartWith($"references[2].image: there is no file \"{name}\".");
        (await _ground.RefusalAsync(name, new Caller("bob", LocalPathsAllowed: false))).Message.ShouldStartWith("references[2].image: expected an id (img_…)");
    }

    public void Dispose() => _ground.Dispose();
}
