using GptImage2.Mcp.Configuration;

namespace GptImage2.Mcp.Http.Authentication;

/// <summary>The named tokens as the file has them now: what goes from it is revoked with the next request.</summary>
internal sealed partial class NamedTokens
{
    private readonly TokenFile _file;
    private readonly ILogger<NamedTokens> _logger;
    private readonly Lock _gate = new();
    private IReadOnlyList<NamedToken> _tokens;
    private string _text;
    private string? _lastProblem;

    /// <exception cref="InvalidSettingsException">The file cannot be used.</exception>
    public NamedTokens(TokenFile file, ILogger<NamedTokens> logger)
    {
        (_file, _logger) = (file, logger);
        _text = file.ReadText();
        _tokens = TokenFile.Parse(_text);
        if (file.ExposureWarning is { } warning)
        {
            LogWarning(warning);
        }

        if (_tokens is [])
        {
            LogWarning($"{file.Path} holds no token, so nobody can come in with one yet: {Server.ServerDefinition.Name} token new NAME");
        }
    }

    /// <summary>Takes as long for a token that nobody has as for any other: all hashes are compared, and in full.</summary>
    /// <returns>The name, or null.</returns>
    public string? FindName(string token)
    {
        var hash = NamedToken.ComputeHash(token);
        string? name = null;
        foreach (var known in Refresh())
        {
            name = CryptographicOperations.FixedTimeEquals(known.Hash, hash) ? known.Name : name;
        }

        return name;
    }

    /// <summary>Reads the few lines for every request: neither times of a file nor events say reliably that it has changed.</summary>
    private IReadOnlyList<NamedToken> Refresh()
    {
        lock (_gate)
        {
            Load();
            return _tokens;
        }
    }

    private void Load()
    {
        try
        {
            var text = _file.ReadText();
            if (text != _text)
            {
                (_tokens, _text) = (TokenFile.Parse(text), text);
            }

            _lastProblem = null;
        }
        catch (InvalidSettingsException broken) when (broken.Message != _lastProblem)
        {
            _lastProblem = broken.Message;
            LogBroken(broken.Message);
        }
        catch (InvalidSettingsException known)
        {
            // Said already, and once is enough.
            _ = known;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private partial void LogWarning(string warning);

    [LoggerMessage(LogLevel.Error, "The file of named tokens cannot be read any more, so the tokens of before stay valid: {Problem}")]
    private partial void LogBroken(string problem);
}
