using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
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

    /// <summary>Makes every call of a text as it stands, with the ids of images and boards that earlier calls returned.</summary>
    /// <returns>How many images a service had to draw.</returns>
    public async Task<int> RunCallsAsync(string text)
    {
        var made = new List<(string? Image, string? Board)>();
        var drawn = 0;
        foreach (var (tool, arguments) in ReadCalls(text))
        {
            var result = await CallAsync(tool, Earlier.Replace(arguments, earlier => Find(made[int.Parse(earlier.Groups["call"].Value, null) - 1], earlier.Groups["kind"].Value)));

            var content = result.StructuredContent;
            var image = Get(content, "images", JsonValueKind.Array) is { } images && images.GetArrayLength() > 0 ? images[0].GetProperty("id").GetString() : null;
            var board = Get(content, "board", JsonValueKind.Object);
            made.Add((image, board is { } known && known.TryGetProperty("id", out var id) ? id.GetString() : null));
            drawn += board is { } panels ? panels.GetProperty("panels").EnumerateArray().Count(panel => panel.GetProperty("state").GetString() is "drawn")
                : image is not null && tool is not ("remove_background" or "compose_board" or "list_images") ? 1 : 0;
        }

        made.ShouldNotBeEmpty("it names no call");
        return drawn;
    }

    /// <param name="arguments">A JSON object.</param>
    public async Task<CallToolResult> CallAsync(string tool, string arguments)
    {
        var result = await Server.CallAsync(tool, arguments);
        result.IsError.ShouldNotBe(true, $"{tool} {arguments}\n{result.Text}");
        return result;
    }

    private static string Find((string? Image, string? Board) made, string kind) => (kind is "board" ? made.Board : made.Image).ShouldNotBeNull($"a call that makes no {kind} is referred to");

    private static JsonElement? Get(JsonElement? content, string name, JsonValueKind kind) =>
        content is { } json && json.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

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
    internal static byte[] DrawDisc(Dimensions size) => DrawDisc(size, [200, 40, 30, 255], [0, 177, 64, 255]);

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

    [GeneratedRegex(@"<(?<kind>id|board) from call (?<call>\d)>")]
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

    /// <summary>What was ordered, the last at the end.</summary>
    public IReadOnlyList<ImageOrder> Orders => _service!.Orders;

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
