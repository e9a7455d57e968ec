namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>One part of a form, as sent.</summary>
internal sealed record ReceivedFormPart(string Name, string? FileName, string? ContentType, ReadOnlyMemory<byte> Bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public bool IsFile => FileName is not null;

    public string Text
    {
        get
        {
            try
            {
                return Strict.GetString(Bytes.Span);
            }
            catch (DecoderFallbackException)
            {
                throw new ApiErrorException(ApiError.InvalidValue(Name, $"Invalid '{Name}': not UTF-8."));
            }
        }
    }
}
