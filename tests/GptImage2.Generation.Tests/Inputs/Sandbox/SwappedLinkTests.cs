using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Imaging;

namespace GptImage2.Generation.Tests.Inputs.Sandbox;

/// <summary>Somebody puts a link in place of a file, or of a folder on the way to it, after it was looked at.</summary>
public sealed class SwappedLinkTests : IDisposable
{
    private static readonly Dimensions Secret = new(3, 2);

    private readonly InputFilesFixture _ground = new();

    public SwappedLinkTests()
    {
        Directory.CreateDirectory(In("art"));
        File.Copy(In("fox.png"), In("art/secret.png"));
    }

    [Fact]
    public void A_link_instead_of_the_file_is_not_followed()
    {
        var real = RealPath.Resolve(In("art/secret.png"))!;
        File.Delete(real);
        File.CreateSymbolicLink(real, Path.Combine(_ground.Secret, "secret.png"));

        Should.Throw<IOException>(() => SandboxedFile.OpenNoFollow(real));
    }

    [Fact]
    public void A_link_instead_of_a_folder_on_the_way_is_found_out_by_what_was_opened()
    {
        var real = RealPath.Resolve(In("art/secret.png"))!;
        Directory.Move(In("art"), In("art-before"));
        Directory.CreateSymbolicLink(In("art"), _ground.Secret);

        using var file = Opened(real);

        (file is not null && SandboxedFile.IsBelowAny([_ground.Work], file)).ShouldBeFalse();
    }

    [Fact]
    public void A_pipe_instead_of_the_file_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps pipes elsewhere.");
        var real = RealPath.Resolve(In("art/secret.png"))!;
        File.Delete(real);
        InputFilesFixture.MakePipe(real);

        using var file = SandboxedFile.OpenNoFollow(real);

        SandboxedFile.IsRegularFile(file).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    [InlineData("/proc/self/status")]
    [InlineData("/")]
    public void Neither_devices_nor_folders_are_ordinary_files(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "These are files of Linux.");
        using var file = SandboxedFile.OpenNoFollow(path);

        SandboxedFile.IsRegularFile(file).ShouldBeFalse();
    }

    [Fact]
    public async Task A_hostile_loop_that_swaps_all_the_while_gets_nothing_out()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        using var enough = new CancellationTokenSource();
        var swapping = Task.Run(() => Swap(enough.Token), TestContext.Current.CancellationToken);
        var (seen, refused) = (0, 0);
        for (var i = 0; i < 3_000; i++)
        {
            try
            {
                using var found = await _ground.FindAsync("art/secret.png");
                found.ReadHeader().Size.ShouldNotBe(Secret);
                seen++;
            }
            catch (ImageException)
            {
                refused++;
            }
        }

        await enough.CancelAsync();
        var swaps = await swapping;
        TestContext.Current.SendDiagnosticMessage($"{swaps} swaps, {seen} times seen, {refused} times refused.");
        swaps.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(0);
    }

    public void Dispose() => _ground.Dispose();

    /// <summary>The folder that may be read, and a link to the one that may not, change places.</summary>
    private int Swap(CancellationToken enough)
    {
        Directory.CreateSymbolicLink(In("away"), _ground.Secret);
        var swaps = 0;
        for (; !enough.IsCancellationRequested; swaps++)
        {
            Directory.Move(In("art"), In("art-before"));
            Directory.Move(In("away"), In("art"));
            Directory.Move(In("art"), In("away"));
            Directory.Move(In("art-before"), In("art"));
        }

        return swaps;
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle? Opened(string real)
    {
        try
        {
            return SandboxedFile.OpenNoFollow(real);
        }
        catch (IOException)
        {
            // Where the system follows no link on the way, it does not open at all.
            return null;
        }
    }

    private string In(string name) => Path.Combine(_ground.Work, name);
}
