using System.Diagnostics;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GptImage2.Benchmarks.Load;

/// <summary>One client of one principal: makes images, and looks whether they are its own.</summary>
internal sealed class LoadClient(McpClient client, string principal, int number, int calls) : IAsyncDisposable
{
    private readonly List<CallMeasurement> _made = [];

    public string Principal => principal;

    public IReadOnlyList<CallMeasurement> Made => _made;

    /// <summary>What went wrong, in words.</summary>
    public List<string> Problems { get; } = [];

    public async Task RunAsync()
    {
        for (var call = 0; call < calls; call++)
        {
            // Every fourth prompt is the same for everybody, and must still be a job of its own.
            var prompt = call % 4 is 0 ? $"the same fox, call {call}" : $"fox {number} of {principal}, call {call}";
            var clock = Stopwatch.StartNew();
            try
            {
                var result = await client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = prompt, ["fresh"] = true });
                await CheckAsync(result, prompt, clock.Elapsed, readBack: call % 5 is 0);
            }
            catch (Exception failure)
            {
                Problems.Add($"{principal} {number} call {call}: {failure.GetType().Name}: {failure.Message}");
            }
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task CheckAsync(CallToolResult result, string prompt, TimeSpan took, bool readBack)
    {
        if (result.IsError is true || result.StructuredContent is not { } structured)
        {
            Problems.Add($"{principal} {number}: {string.Join(' ', result.Content.OfType<TextContentBlock>().Select(text => text.Text))}");
            return;
        }

        var image = structured.GetProperty("images")[0].GetProperty("uri").GetString()!;
        _made.Add(new CallMeasurement(principal, structured.GetProperty("job").GetProperty("id").GetString()!, image, took));
        if (readBack && await client.ReadResourceAsync($"{image}/record") is var record && !record.Contents.OfType<TextResourceContents>().Any(text => text.Text.Contains(prompt, StringComparison.Ordinal)))
        {
            Problems.Add($"{principal} {number}: the record of {image} has another prompt than \"{prompt}\"");
        }
    }
}

/// <summary>A call that made an image.</summary>
internal sealed record CallMeasurement(string Principal, string Job, string Image, TimeSpan Took);
