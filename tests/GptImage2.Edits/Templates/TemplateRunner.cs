using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GptImage2.Edits.Templates;

/// <summary>One server to play the calls of templates on, with the images they need in its inbox.</summary>
public abstract partial class TemplateRunner : IAsyncLifetime
{
    /// <summary>With all that JSON and Markdown might trip over.</summary>
    private const string Words = """the "north" gate, lit from the left \ 50% {{brass}}""";

    private McpHost? _server;

    protected McpHost Server => _server!;

    private McpClient Client => Server.Client;

    public async ValueTask InitializeAsync()
    {
        _server = await McpHost.StartAsync([.. await SettingsAsync(), ("GPTIMAGE2_SPENDING__PERCALLUSD", "none")]);
        _server.PutIntoInbox("disc.png", DrawDisc(new Dimensions(320, 240)));
        _server.PutIntoInbox("mask.png", DrawDisc(new Dimensions(320, 240), [255, 255, 255, 255], [0, 0, 0, 255]));
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }

    protected abstract Task<IReadOnlyList<(string Variable, string Value)>> SettingsAsync();

    public async Task<string> PromptAsync(string name, bool all)
    {
        var prompts = await Client.ListPromptsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arguments = prompts.Single(prompt => prompt.Name == name).ProtocolPrompt.Arguments ?? [];
        return await PromptAsync(name, arguments.Where(argument => argument.Required is true || (all && !HasDefault(argument))).ToDictionary(argument => argument.Name, Sample));
    }

    public async Task<string> PromptAsync(string name, IReadOnlyDictionary<string, string> arguments)
    {
        var got = await Client.GetPromptAsync(
            name,
            arguments.ToDictionary(argument => argument.Key, argument => (object?)argument.Value),
            cancellationToken: TestContext.Current.CancellationToken);
        return got.Messages.Select(message => message.Content).OfType<TextContentBlock>().Single().Text;
    }

    /// <summary>The same as an agent reads it that knows tools only, who fills in what stands in angle brackets.</summary>
    public async Task<string> TopicAsync(string name)
    {
        var prompts = await Client.ListPromptsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arguments = prompts.Single(prompt => prompt.Name == name).ProtocolPrompt.Arguments ?? [];
        var text = (await Server.UseAsync("list_presets", new() { ["topic"] = name })).Text;
        foreach (var argument in arguments)
        {
            text = Regex.Replace(text, $"<({argument.Name}|{argument.Name.TrimEnd('s')} [12])>", JsonEncodedText.Encode(Sample(argument).Split('\n')[0]).ToString().Replace("$", "$$", StringComparison.Ordinal));
        }

        return text;
    }

    /// <summary>Every call of a text as it stands, in order.</summary>
    public static IReadOnlyList<(string Tool, string Arguments)> ReadCalls(string text) => [.. Written.Matches(text).Select(call => (call.Groups["tool"].Value, call.Groups["json"].Value))];

    /// <summary>Makes every call of a text as it stands, with the ids that earlier calls returned.</summary>
    /// <returns>How many images a service had to draw.</returns>
    public async Task<int> RunCallsAsync(string text)
    {
        var ids = new List<string?>();
        var drawn = 0;
        foreach (var (tool, arguments) in ReadCalls(text))
        {
            var result = await CallAsync(tool, Earlier.Replace(arguments, id => ids[int.Parse(id.Groups[1].Value, null) - 1]!));

            var made = result.StructuredContent is { } content && content.TryGetProperty("images", out var images) && images.GetArrayLength() > 0 ? images[0].GetProperty("id").GetString() : null;
            ids.Add(made);
            drawn += made is not null && tool is not ("remove_background" or "compose_board" or "list_images") ? 1 : 0;
        }

        ids.ShouldNotBeEmpty("it names no call");
        return drawn;
    }

    /// <param name="arguments">A JSON object.</param>
    public async Task<CallToolResult> CallAsync(string tool, string arguments)
    {
        var result = await Server.CallAsync(tool, arguments);
        result.IsError.ShouldNotBe(true, $"{tool} {arguments}\n{result.Text}");
        return result;
    }

    private static bool HasDefault(PromptArgument argument) => argument.Description!.Contains("Default: ", StringComparison.Ordinal);

    private static string Sample(PromptArgument argument) => argument.Description! switch
    {
        _ when argument.Name is "mask" => "mask.png",
        var image when image.Contains("An image:", StringComparison.Ordinal) => "disc.png",
        var list when list.Contains("One a line", StringComparison.Ordinal) => $"{Words}\nsecond\nthird",
        var choice when choice.Contains("One of ", StringComparison.Ordinal) => choice.Split("One of ")[1].Split(',', '.')[0],
        _ => Words,
    };

    /// <summary>A red disc on a plain green ground: something that can be cut out.</summary>
    protected static byte[] DrawDisc(Dimensions size) => DrawDisc(size, [200, 40, 30, 255], [0, 177, 64, 255]);

    private static byte[] DrawDisc(Dimensions size, ReadOnlySpan<byte> disc, ReadOnlySpan<byte> ground)
    {
        var pixels = new PngPixels(size, new byte[size.PixelCount * 4]);
        var radius = Math.Min(size.Width, size.Height) / 4;
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var (dx, dy) = (x - (size.Width / 2), y - (size.Height / 2));
                ((dx * dx) + (dy * dy) < radius * radius ? disc : ground).CopyTo(pixels[x, y]);
            }
        }

        return pixels.Encode(alpha: false);
    }

    [GeneratedRegex(@"^Call `(?<tool>\w+)`:\n```json\n(?<json>.*)\n```$", RegexOptions.Multiline)]
    private static partial Regex Written { get; }

    [GeneratedRegex(@"<id from call (\d)>")]
    private static partial Regex Earlier { get; }
}

/// <summary>The backend that needs no key.</summary>
public sealed class SketchTemplateRunner : TemplateRunner
{
    protected override Task<IReadOnlyList<(string Variable, string Value)>> SettingsAsync() => Task.FromResult<IReadOnlyList<(string, string)>>([]);
}

/// <summary>The strict stand-in of the service, over real HTTP.</summary>
public sealed class OpenAITemplateRunner : TemplateRunner
{
    private StrictOpenAI? _service;

    /// <summary>Requests that were received and orders that were accepted.</summary>
    public (int Requests, int Orders) Counts => (_service!.Requests.Count, _service.Orders.Count);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _service!.DisposeAsync();
    }

    protected override async Task<IReadOnlyList<(string Variable, string Value)>> SettingsAsync()
    {
        _service = await StrictOpenAI.StartAsync();
        _service.DrawImage = (order, _) => DrawDisc(order.Size);
        return [.. McpCallExtensions.Settings(_service)];
    }
}
