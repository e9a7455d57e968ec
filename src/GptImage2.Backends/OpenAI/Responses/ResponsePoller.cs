using GptImage2.Backends.Http;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>Asks about a response until it is over, less often the longer it takes, and takes its image. Whatever else fails meanwhile, the response goes on.</summary>
internal sealed class ResponsePoller(ResponsesClient client, ResponsesOptions options, TimeProvider time)
{
    private const double Growth = 1.5;

    /// <summary>So many answers in a row that make no sense, or that know no such response, are believed.</summary>
    private const int MaxSenseless = 5;

    /// <returns>How it ended, or null where its image has arrived and the rest was cut off; and whether it has an image.</returns>
    /// <exception cref="ImageException">The service does not tell, or the image cannot be stored here.</exception>
    public async Task<(ResponseState? State, bool HasImage)> WaitAsync(string id, IRenderSink sink, CancellationToken cancellationToken)
    {
        var (senseless, asked) = (0, TimeSpan.Zero);
        for (var wait = options.FirstPoll; ; wait = Min(wait * Growth, options.LongestPoll))
        {
            await Task.Delay(asked > wait ? asked : wait, time, cancellationToken);
            asked = TimeSpan.Zero;
            await using var image = new FirstImageTarget(sink);
            try
            {
                var state = await client.ReadAsync(id, image, cancellationToken);
                ThrowIfUnstored(image, id);
                if (state.IsOver || image.IsStored)
                {
                    return (state, image.IsStored);
                }

                senseless = 0;
            }
            catch (MalformedResponseException broken)
            {
                ThrowIfUnstored(image, id);
                if (image.IsStored)
                {
                    return (null, true);
                }

                if (++senseless == MaxSenseless)
                {
                    throw new ImageException(ResponsesErrors.Malformed(broken, id), broken);
                }
            }
            catch (PassingFailureException) when (image.IsStored)
            {
                return (null, true);
            }
            catch (PassingFailureException passing)
            {
                asked = passing.RetryAfter ?? TimeSpan.Zero;
            }
            catch (ImageException gone) when (gone.Failure.Code is FailureCode.AnswerLost && ++senseless < MaxSenseless)
            {
                // What was ordered a moment ago may not be known everywhere yet.
                _ = gone;
            }
        }
    }

    private static void ThrowIfUnstored(FirstImageTarget image, string id)
    {
        if (image.StorageError is { } error)
        {
            // It could not be stored here, but it was drawn.
            throw new ImageException(error.Failure with { Billed = Billing.Yes, RequestId = id }, error);
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
