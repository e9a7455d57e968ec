using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;

namespace GptImage2.Mcp.Tests.Callers;

public sealed class SessionMemoryTests
{
    private static readonly CallerSession Mine = new(new Caller("token:anna", false), "1");

    private readonly SessionMemory<string, int> _memory = new();

    [Fact]
    public void One_session_makes_no_other_forget_however_much_it_is_shown()
    {
        _memory.Set(Mine, "fox", 7);

        foreach (var number in Enumerable.Range(0, 20_000))
        {
            _memory.Set(Mine with { Id = "2" }, $"{number}", number);
            _memory.Set(Mine with { Caller = new Caller("token:bert", false) }, $"{number}", number);
        }

        (_memory.TryGet(Mine, "fox", out var value), value).ShouldBe((true, 7));
        _memory.TryGet(Mine with { Id = "2" }, "0", out _).ShouldBeFalse();
        _memory.TryGet(Mine with { Id = "2" }, "19999", out _).ShouldBeTrue();
    }

    [Fact]
    public void Another_owners_thousands_of_sessions_make_nobody_forget()
    {
        _memory.Set(Mine, "fox", 7);

        foreach (var number in Enumerable.Range(0, 20_000))
        {
            _memory.Set(new CallerSession(new Caller("token:bert", false), $"{number}"), "fox", number);
        }

        _memory.TryGet(Mine, "fox", out _).ShouldBeTrue();
        _memory.TryGet(new CallerSession(new Caller("token:bert", false), "0"), "fox", out _).ShouldBeFalse();
    }

    [Fact]
    public void The_same_session_id_of_two_owners_is_two_sessions()
    {
        _memory.Set(Mine, "fox", 7);

        _memory.TryGet(Mine with { Caller = new Caller("token:bert", false) }, "fox", out _).ShouldBeFalse();
        _memory.Set(Mine, "fox", 8).ShouldBeFalse();
        _memory.Set(Mine, "owl", 8).ShouldBeTrue();
    }
}
