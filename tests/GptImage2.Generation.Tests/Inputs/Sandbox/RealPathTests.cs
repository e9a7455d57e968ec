using GptImage2.Generation.Inputs.Sandbox;

namespace GptImage2.Generation.Tests.Inputs.Sandbox;

public sealed class RealPathTests : IDisposable
{
    private readonly string _folder = RealPath.Resolve(Directory.CreateTempSubdirectory("real-").FullName)!;

    [Fact]
    public void Follows_links_anywhere_on_the_way_and_links_of_links()
    {
        Directory.CreateDirectory(At("target/deep"));
        Directory.CreateSymbolicLink(At("first"), "target");
        Directory.CreateSymbolicLink(At("second"), At("first"));

        RealPath.Resolve(At("second/deep/../deep/fox.png")).ShouldBe(At("target/deep/fox.png"));
    }

    [Fact]
    public void Gives_up_on_links_that_go_round_in_circles()
    {
        File.CreateSymbolicLink(At("a"), At("b"));
        File.CreateSymbolicLink(At("b"), At("a"));

        RealPath.Resolve(At("a/fox.png")).ShouldBeNull();
    }

    [Fact]
    public void A_sibling_whose_name_begins_the_same_is_not_below()
    {
        LocalRoots.ContainsPath([At("pictures")], At("pictures-private/fox.png")).ShouldBeFalse();
        LocalRoots.ContainsPath([At("pictures")], At("pictures/fox.png")).ShouldBeTrue();
    }

    [Fact]
    public void Everything_is_below_the_root_of_the_disk() => LocalRoots.ContainsPath([Path.GetPathRoot(_folder)!], At("fox.png")).ShouldBeTrue();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string path) => Path.Combine(_folder, path);
}
