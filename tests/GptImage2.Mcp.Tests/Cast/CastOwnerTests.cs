using GptImage2.Mcp.Tests.Callers;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Mcp.Tests.Cast;

/// <summary>Two callers of one server use the same names.</summary>
public sealed class CastOwnerTests
{
    [Fact]
    public async Task Nobody_sees_or_means_what_another_has_defined()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var callers = await TwoCallers.StartAsync(McpCallExtensions.Settings(service));
        await TwoCallers.CallAsync(callers.Anna, "define_cast", """{"name":"Mira","traits":"red hair"}""");
        await TwoCallers.CallAsync(callers.Anna, "define_cast", """{"name":"Secret","traits":"a heist"}""");
        await TwoCallers.CallAsync(callers.Bert, "define_cast", """{"name":"mira","traits":"grey fur"}""");

        var ofBert = await TwoCallers.CallAsync(callers.Bert, "list_presets", """{"topic":"cast"}""");
        var missing = await TwoCallers.CallAsync(callers.Bert, "generate_image", """{"prompt":"@Secrets runs"}""");
        await TwoCallers.CallAsync(callers.Bert, "generate_image", """{"prompt":"@Mira runs","quality":"low"}""");
        await TwoCallers.CallAsync(callers.Bert, "define_cast", """{"name":"Mira","action":"delete"}""");
        var ofAnna = await TwoCallers.CallAsync(callers.Anna, "define_cast", """{"name":"Mira","action":"describe"}""");

        ofBert.Text.ShouldContain("grey fur");
        ofBert.Text.ShouldNotContain("Secret");
        missing.IsError.ShouldBe(true);
        missing.Text.ShouldNotContain("Did you mean");
        missing.Text.ShouldNotContain("@Secret ");
        service.Orders.ShouldHaveSingleItem().Prompt.ShouldBe("mira runs\n\nmira, always: grey fur.");
        ofAnna.Text.ShouldContain("red hair");
        ofAnna.Text.ShouldNotContain("Kept in");
    }
}
