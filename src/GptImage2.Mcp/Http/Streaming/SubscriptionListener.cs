using System.Threading.Channels;
using GptImage2.Generation.PostProcessing;
using GptImage2.Mcp.Callers;
using Microsoft.Extensions.Hosting;

namespace GptImage2.Mcp.Http.Streaming;

/// <summary>
/// <c>subscriptions/listen</c> without a session (MCP 2026-07-28), which the SDK acknowledges and ends: the response stays open,
/// and says when the principal's list of images changes. Nothing else of this server ever changes.
/// </summary>
internal sealed class SubscriptionListener(ImageStoreEvents events, ICallerAccessor callers, IHostApplicationLifetime application)
{
    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        var granted = new SubscriptionsListenNotifications { ResourcesListChanged = request.Params.Notifications.ResourcesListChanged is true ? true : null };
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, application.ApplicationStopping);
        var listener = callers.GetSession(request).Caller.Owner;

        // Changes that come faster than they are sent are one change.
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        void Announce(string owner)
        {
            if (owner == listener)
            {
                changes.Writer.TryWrite(true);
            }
        }

        events.ImagesChanged += Announce;
        try
        {
            await SendAsync(request, NotificationMethods.SubscriptionsAcknowledgedNotification, new JsonObject
            {
                ["notifications"] = JsonSerializer.SerializeToNode(granted, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(SubscriptionsListenNotifications))),
            }, ended.Token);
            await foreach (var _ in changes.Reader.ReadAllAsync(ended.Token))
            {
                if (granted.ResourcesListChanged is true)
                {
                    await SendAsync(request, NotificationMethods.ResourceListChangedNotification, [], ended.Token);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return new EmptyResult();
        }
        finally
        {
            events.ImagesChanged -= Announce;
        }

        return new EmptyResult();
    }

    /// <summary>Each notification names the subscription by the id of the request that opened it.</summary>
    private static Task SendAsync(MessageContext request, string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var id = ((JsonRpcRequest)request.JsonRpcMessage).Id;
        parameters["_meta"] = new JsonObject { [MetaKeys.SubscriptionId] = id.Id is long number ? JsonValue.Create(number) : JsonValue.Create(id.ToString()) };
        return request.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellationToken);
    }
}
