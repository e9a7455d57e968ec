using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Rendering;

namespace GptImage2.Generation.Tests.Planning;

public sealed class BackendRegistryTests
{
    private static readonly ScriptedBackend Models = new();
    private static readonly ScriptedBackend Cutouts = new();
    private static readonly ScriptedBackend Boards = new();

    [Fact]
    public void A_call_is_planned_for_the_backend_that_carries_it_out()
    {
        var registry = new BackendRegistry([Models], [], Cutouts, Boards);
        var size = new Dimensions(1024, 1024);
        var image = new Reference { Image = "fox.png", Argument = "image" };

        registry.Default.ShouldBeSameAs(Models);
        registry.Resolve(new GenerateRequest { Prompt = "a fox", Size = size }).ShouldBeSameAs(Models);
        registry.Resolve(new BackgroundRemovalRequest { Prompt = "a fox", Size = size, Image = image }).ShouldBeSameAs(Cutouts);
        registry.Resolve(new BoardRequest { Prompt = "a fox", Size = size, Cells = [image] }).ShouldBeSameAs(Boards);
    }
}
