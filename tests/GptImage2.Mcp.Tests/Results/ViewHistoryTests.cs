using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results.Views;

namespace GptImage2.Mcp.Tests.Results;

public sealed class ViewHistoryTests
{
    private readonly ViewHistory _views = new();

    [Fact]
    public void What_one_session_was_shown_means_nothing_in_another()
    {
        var first = CallerSession.Local with { Id = "first" };
        var second = CallerSession.Local with { Id = "second" };
        var view = new DisplayedView(new PixelArea(0, 0, new Dimensions(640, 480)), new Dimensions(320, 240));

        _views.Remember(first, "ab12", view);

        _views.Find(first, "ab12").ShouldBe(view);
        _views.Find(second, "ab12").ShouldBeNull();
    }
}
