"""Headless Chromium, driven over its pipe with the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/)."""
import base64, json, os, re, select, shutil, subprocess, sys, tempfile, time

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")


class Chromium:
    """A browser with one page."""

    def __init__(self):
        if not PROGRAM:
            sys.exit("there is no chromium; install Debian's: apt-get install chromium")
        self.place = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        asking, self.commands = os.pipe()
        self.answers, answering = os.pipe()
        # Chromium reads commands from descriptor 3 and answers on 4.
        arguments = [PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
                     "--disable-background-networking", "--no-first-run", f"--user-data-dir={self.place.name}", "about:blank"]

        def inherit():
            os.dup2(asking, 13); os.dup2(answering, 14); os.dup2(13, 3); os.dup2(14, 4)

        self.process = subprocess.Popen(arguments, preexec_fn=inherit, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(asking); os.close(answering)
        self.number, self.rest, self.session, self.events = 0, b"", None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(f"{domain}.enable")

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        self.place.cleanup()

    def read(self, seconds):
        """The next message; None where there is none in time."""
        end = time.monotonic() + seconds
        while b"\0" not in self.rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.answers], [], [], left)[0]:
                return None
            data = os.read(self.answers, 1 << 20)
            if not data:
                sys.exit("chromium has ended")
            self.rest += data
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read(60)
            if answer is None:
                sys.exit(f"chromium does not answer {method}")
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"chromium refuses {method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, event, seconds=30):
        """Passes events over until one comes."""
        while True:
            for place, message in enumerate(self.events):
                if message.get("method") == event:
                    return self.events.pop(place)["params"]
            message = self.read(seconds)
            if message is None:
                sys.exit(f"chromium: no {event} within {seconds} s")
            self.events.append(message)

    def go(self, url):
        """Loads a page; gives the faults that the browser noted meanwhile, and the seconds until it was loaded."""
        self.events = []
        began = time.monotonic()
        self.call("Page.navigate", url=url)
        self.wait("Page.loadEventFired")
        return self.faults(), time.monotonic() - began

    def faults(self):
        """What went to the console as an error or a warning, exceptions, and what could not be loaded."""
        found = []
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded" and parameters["entry"]["level"] in ["error", "warning"]:
                found.append(parameters["entry"]["text"] + " " + parameters["entry"].get("url", ""))
            if method in ["Runtime.exceptionThrown", "Page.javascriptDialogOpening"]:
                found.append(method)
            if method == "Network.responseReceived" and parameters["response"]["status"] >= 400 and parameters["type"] != "Document":
                found.append(f"{parameters['response']['status']} {parameters['response']['url']}")
        return found

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            sys.exit(f"chromium: {expression}: {result['exceptionDetails']['text']}")
        return result["result"].get("value")

    def key(self, key, code=None, text=None, modifiers=0):
        """Presses and lets go of a key."""
        codes = {"Tab": 9, "Enter": 13, "ArrowDown": 40, "Escape": 27}
        parameters = {"key": key, "code": code or key, "windowsVirtualKeyCode": codes.get(key, 0), "modifiers": modifiers}
        text = "\r" if key == "Enter" else text
        self.call("Input.dispatchKeyEvent", type="keyDown", **parameters, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **parameters)

    def look(self, width, height, dark=False):
        """Takes a size and a colour scheme."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def pages(self, path=None):
        """Prints the page on A4, to a file where one is named; gives the number of printed pages."""
        data = base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])
        if path:
            with open(path, "wb") as file:
                file.write(data)
        return len(re.findall(rb"/Type\s*/Page\b", data))

    def picture(self, path, limit=2600):
        """Writes a screenshot of the page, from its top to at most `limit` pixels down."""
        self.evaluate("for (const image of document.images) image.loading = 'eager'")
        end = time.monotonic() + 20
        while not self.evaluate("[...document.images].every((image) => image.complete)") and time.monotonic() < end:
            time.sleep(0.1)
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], limit), "scale": 1}
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
