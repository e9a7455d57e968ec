using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.StrictResponses;

/// <summary>A response that the vendor keeps, and what it is billed at.</summary>
public sealed class StoredResponse
{
    /// <summary>Instructions and the tool's description, as third parties measured them.</summary>
    private const int FrameTokens = 2000;

    private readonly ResponseScript _script;
    private volatile int _polls;
    private volatile bool _cancelled;

    internal StoredResponse(ResponseOrder order, ResponseScript script, int number, byte[] image)
    {
        (Order, _script, Number, Image) = (order, script, number, image);
        Id = string.Create(CultureInfo.InvariantCulture, $"resp_{number:x4}0123456789abcdef");
    }

    public string Id { get; }

    public ResponseOrder Order { get; }

    /// <summary>Among all, from 0.</summary>
    public int Number { get; }

    /// <summary>Whether there is an image in the end.</summary>
    public bool HasImage => _script.HasImage;

    /// <summary>What is drawn, whether or not it is ever delivered.</summary>
    public byte[] Image { get; }

    /// <summary>How often it was asked about.</summary>
    public int Polls => _polls;

    public bool IsCancelled => _cancelled;

    /// <summary>queued, in_progress, or how it ended.</summary>
    public string Status => _cancelled ? "cancelled"
        : _polls >= _script.Polls && _script.Done.IsCompleted ? _script.Status
        : _polls <= 1 ? "queued" : "in_progress";

    /// <summary>In millionths of a USD: the language model's tokens always, the image's where one is drawn. Who is gone pays all the same.</summary>
    public long BilledMicroUsd => (long)Math.Ceiling(TextMicroUsd) + (_script.HasImage && !_cancelled ? TokenPricing.CostMicroUsd(Order.Image, images: 1, previews: 0) : 0);

    private bool IsOver => Status is not ("queued" or "in_progress");

    private long TextIn => FrameTokens + (2 * TokenPricing.TextTokens(Order.Image)) + (2 * TokenPricing.ImageTokens(Order.Image, images: 1)) + TokenPricing.ImageTokens(Order.Image.Size);

    private long TextOut => TokenPricing.TextTokens(Order.Image) + 40;

    /// <summary>$0.75 and $4.50 for a million tokens of gpt-5.4-mini, $2.50 and $15 of the larger one.</summary>
    private decimal TextMicroUsd => Order.TextModel.Contains("mini", StringComparison.Ordinal) ? (TextIn * 0.75m) + (TextOut * 4.5m) : (TextIn * 2.5m) + (TextOut * 15);

    internal void Ask() => Interlocked.Increment(ref _polls);

    /// <exception cref="ApiErrorException">It is over.</exception>
    internal void Cancel() => _cancelled = !IsOver || _cancelled ? true : throw new ApiErrorException(new(400, "Cannot cancel a completed response."));

    /// <summary>As the vendor tells of it, with members that nobody here reads.</summary>
    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = "response",
        ["created_at"] = 1_790_000_000,
        ["status"] = Status,
        ["background"] = true,
        ["error"] = IsOver && !_cancelled ? _script.Error?.DeepClone() : null,
        ["incomplete_details"] = IsOver && _script.IncompleteReason is { } reason ? new JsonObject { ["reason"] = reason } : null,
        ["instructions"] = Order.Instructions,
        ["max_output_tokens"] = Order.MaxOutputTokens,
        ["model"] = Order.TextModel,
        ["output"] = IsOver && !_cancelled ? CreateOutput() : [],
        ["parallel_tool_calls"] = false,
        ["store"] = true,
        ["tool_choice"] = new JsonObject { ["type"] = "image_generation" },
        ["tools"] = Order.Tools.DeepClone(),
        ["usage"] = IsOver && !_script.WithoutUsage ? CreateUsage() : null,
        ["tool_usage"] = IsOver && !_script.WithoutToolUsage ? CreateToolUsage() : null,
        ["user"] = null,
        ["a_new_member"] = new JsonObject { ["result"] = null },
    };

    private JsonArray CreateOutput() =>
    [
        .. _script.HasImage || _script.ToolError is not null ? [CreateCall()] : Array.Empty<JsonNode>(),
        new JsonObject
        {
            ["id"] = "msg_1",
            ["type"] = "message",
            ["status"] = "completed",
            ["role"] = "assistant",
            ["content"] = new JsonArray(_script.Refused is { } refused
                ? new JsonObject { ["type"] = "refusal", ["refusal"] = refused }
                : new JsonObject { ["type"] = "output_text", ["text"] = _script.Words, ["annotations"] = new JsonArray() }),
        },
    ];

    /// <summary>The status of a call that is over may still be "generating", as a public answer of 2026-05-15 shows.</summary>
    private JsonObject CreateCall()
    {
        var call = new JsonObject
        {
            ["id"] = "ig_1",
            ["type"] = "image_generation_call",
            ["status"] = _script.HasImage ? "generating" : "failed",
            ["action"] = Order.Image.Images is [] ? "generate" : "edit",
            ["output_format"] = Order.Image.Format,
            ["revised_prompt"] = Order.Image.Prompt,
            ["size"] = Order.Image.Size.ToString(),
            ["result"] = _script.HasImage ? Convert.ToBase64String(Image) : null,
        };
        if (_script.ToolError is { } error)
        {
            call["error"] = error.DeepClone();
        }

        return call;
    }

    private JsonObject CreateUsage() => new()
    {
        ["input_tokens"] = TextIn,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
        ["output_tokens"] = TextOut,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
        ["total_tokens"] = TextIn + TextOut,
    };

    private JsonObject CreateToolUsage() => new()
    {
        ["image_gen"] = _script.HasImage ? TokenPricing.Usage(Order.Image, images: 1, previews: 0) : new JsonObject
        {
            ["input_tokens"] = 0,
            ["output_tokens"] = 0,
            ["total_tokens"] = 0,
            ["input_tokens_details"] = new JsonObject { ["image_tokens"] = 0, ["text_tokens"] = 0 },
        },
        ["web_search"] = new JsonObject { ["num_requests"] = 0 },
    };
}
