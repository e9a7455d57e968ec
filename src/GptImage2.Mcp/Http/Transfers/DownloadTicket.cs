using System.Buffers.Binary;
using System.Buffers.Text;
using Microsoft.AspNetCore.DataProtection;

namespace GptImage2.Mcp.Http.Transfers;

/// <summary>What a link allows: to read one image of one owner until a moment.</summary>
internal sealed record DownloadTicket(string Owner, string Id, DateTimeOffset Expires);

/// <summary>Turns tickets into texts that nobody can read, edit or make without the server's keys, and back.</summary>
internal sealed class DownloadTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int TimeSize = sizeof(long);

    private readonly IDataProtector _protector = protection.CreateProtector("GptImage2.Mcp.DownloadLink.v1");

    public string Write(DownloadTicket ticket)
    {
        var id = Encoding.UTF8.GetBytes(ticket.Id);
        var time = new byte[TimeSize];
        BinaryPrimitives.WriteInt64BigEndian(time, ticket.Expires.ToUnixTimeSeconds());
        return Base64Url.EncodeToString(_protector.Protect([.. time, checked((byte)id.Length), .. id, .. Encoding.UTF8.GetBytes(ticket.Owner)]));
    }

    /// <returns>The ticket, or null where it is not ours, was edited, has expired, or is for another image.</returns>
    public DownloadTicket? Read(string text, string id) =>
        Unprotect(text) is { } content && Parse(content) is var ticket && ticket.Id == id && ticket.Expires > clock.GetUtcNow() ? ticket : null;

    private byte[]? Unprotect(string text)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);

            // The last letter has bits that mean nothing: only one way to write a ticket is ours.
            return Base64Url.EncodeToString(bytes) == text ? _protector.Unprotect(bytes) : null;
        }
        catch (Exception foreign) when (foreign is FormatException or CryptographicException)
        {
            // Which of the two is nobody's business.
            return null;
        }
    }

    private static DownloadTicket Parse(byte[] content)
    {
        var end = TimeSize + 1 + content[TimeSize];
        return new DownloadTicket(
            Encoding.UTF8.GetString(content.AsSpan(end)),
            Encoding.UTF8.GetString(content.AsSpan(TimeSize + 1, content[TimeSize])),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content)));
    }
}
